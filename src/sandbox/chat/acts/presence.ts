// What the app's backend learns of logins and of their ends (page 34357).
import type { Call } from '../rules/call.ts';

export function tellOfState(
  call: Call,
  account: string,
  action: 'Login' | 'Logout' | 'Disconnect',
  reason: 'Register' | 'Unregister' | 'LinkClose' | 'TimeOut',
): void {
  const fields = { Info: { Action: action, To_Account: account, Reason: reason } };
  call.webhooks.after('State.StateChange', fields, call);
}
