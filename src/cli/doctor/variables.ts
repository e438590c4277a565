// The environment as the doctor shows it: which variables are set, without their secrets.
import { setVariables, variables } from '../../app/config.ts';
import { secretVariables } from '../../app/secrets.ts';
import { literal, message } from '../../i18n/message.ts';
import type { Environment } from '../../util/environment.ts';
import { type Check, note } from './check.ts';

/** One line for each variable. A faulty configuration shows no values: one may be a secret in the wrong place. */
export function checkVariables(environment: Environment, isFaulty: boolean): readonly Check[] {
  const given = setVariables(environment);
  return variables.map((variable) => {
    const value = given[variable];
    const name = literal(variable);
    if (value === undefined) return note(message('doctor.unset', { name }));
    if (isFaulty || secretVariables.has(variable)) return note(message('doctor.hidden', { name }));
    return note(message('doctor.set', { name, value }));
  });
}
