import { describe, expect, test } from 'vitest';
import { failureOf } from '../../../src/chat/client/transport.ts';

const errorWith = (fields: object) => Object.assign(new Error('it broke'), fields);
const refused = errorWith({ code: 'ECONNREFUSED', syscall: 'connect' });
const noRoute = errorWith({ code: 'ENETUNREACH', syscall: 'connect' });
const cut = errorWith({ code: 'ECONNRESET', syscall: 'read' });

describe('failureOf', () => {
  test.each([
    ['a refused connection', refused, 'unreachable', false],
    ['an unknown host', errorWith({ code: 'ENOTFOUND', syscall: 'getaddrinfo' }), 'unreachable', false],
    ['no route', noRoute, 'unreachable', false],
    ['no connection in time', errorWith({ code: 'UND_ERR_CONNECT_TIMEOUT' }), 'unreachable', false],
    ['a bad certificate', errorWith({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }), 'unreachable', false],
    ['no address that answers', new AggregateError([noRoute, refused]), 'unreachable', false],
    ['one connection that was cut', new AggregateError([noRoute, cut]), 'unreachable', true],
    ['a cut connection', cut, 'unreachable', true],
    ['a lost route', errorWith({ code: 'EHOSTUNREACH', syscall: 'read' }), 'unreachable', true],
    ['a closed socket', errorWith({ code: 'UND_ERR_SOCKET' }), 'unreachable', true],
    ['an error without a code', new Error('?'), 'unreachable', true],
    ['an error with a number for a code', errorWith({ code: 20 }), 'unreachable', true],
    ['something that is no error', 'boom', 'unreachable', true],
    ['no headers in time', errorWith({ code: 'UND_ERR_HEADERS_TIMEOUT' }), 'timeout', true],
    ['no body in time', errorWith({ code: 'UND_ERR_BODY_TIMEOUT' }), 'timeout', true],
    ['a huge answer', errorWith({ code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE' }), 'garbled', true],
    ['a closed client', errorWith({ code: 'UND_ERR_DESTROYED' }), 'aborted', false],
  ])('%s', (_what, error, kind, uncertain) => {
    expect(failureOf(error)).toMatchObject({ kind, uncertain, retry: kind === 'aborted' ? 'no' : 'yes' });
  });

  test('keeps the code and the words', () => {
    expect(failureOf(refused).detail).toBe('ECONNREFUSED it broke');
  });
});
