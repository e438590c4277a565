import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { baseUrlOf, buildRequest, hosts, readBase, redact } from '../../../src/chat/client/request.ts';
import { type BodyOf, endpointNames, endpointOf } from '../../../src/chat/protocol/endpoints.ts';

const caller = {
  sdkAppId: 1400000000,
  identifier: 'administrator',
  userSig: 'eJx*-_1',
  base: readBase(baseUrlOf('singapore')),
};

// The sample requests of page 34900, each as the text that goes over the wire.
const samples: [BodyOf<'modify_group_member_info'>, string][] = [
  [
    { GroupId: '@TGS#2CLUZEAEJ', Member_Account: 'bob', Role: 'Admin' },
    '{"GroupId":"@TGS#2CLUZEAEJ","Member_Account":"bob","Role":"Admin"}',
  ],
  [
    { GroupId: '@TGS#2CLUZEAEJ', Member_Account: 'bob', Role: 'Member' },
    '{"GroupId":"@TGS#2CLUZEAEJ","Member_Account":"bob","Role":"Member"}',
  ],
  [
    { GroupId: '@TGS#2CLUZEAEJ', Member_Account: 'bob', MsgFlag: 'AcceptAndNotify' },
    '{"GroupId":"@TGS#2CLUZEAEJ","Member_Account":"bob","MsgFlag":"AcceptAndNotify"}',
  ],
  [
    { GroupId: '@TGS#2CLUZEAEJ', Member_Account: 'bob', NameCard: 'bob' },
    '{"GroupId":"@TGS#2CLUZEAEJ","Member_Account":"bob","NameCard":"bob"}',
  ],
  [
    {
      GroupId: '@TGS#2CLUZEAEJ',
      Member_Account: 'bob',
      AppMemberDefinedData: [
        { Key: 'MemberDefined1', Value: 'ModifyData1' },
        { Key: 'MemberDefined3', Value: 'ModifyData3' },
      ],
    },
    '{"GroupId":"@TGS#2CLUZEAEJ","Member_Account":"bob","AppMemberDefinedData":[{"Key":"MemberDefined1","Value":"ModifyData1"},{"Key":"MemberDefined3","Value":"ModifyData3"}]}',
  ],
  [
    { GroupId: '@TGS#2CLUZEAEJ', Member_Account: 'bob', MuteTime: 86400 },
    '{"GroupId":"@TGS#2CLUZEAEJ","Member_Account":"bob","MuteTime":86400}',
  ],
];

describe('buildRequest', () => {
  test.each(samples)('sends the documented sample %j', (body, wire) => {
    expect(buildRequest('modify_group_member_info', body, caller, 99999999)).toEqual({
      method: 'POST',
      url: 'https://adminapisgp.im.qcloud.com/v4/group_open_http_svc/modify_group_member_info?sdkappid=1400000000&identifier=administrator&usersig=eJx*-_1&random=99999999&contenttype=json',
      path: '/v4/group_open_http_svc/modify_group_member_info?sdkappid=1400000000&identifier=administrator&usersig=eJx*-_1&random=99999999&contenttype=json',
      headers: { 'content-type': 'application/json' },
      body: wire,
    });
  });

  test('sends {} where a call has no fields', () => {
    expect(buildRequest('get_appid_group_list', {}, caller, 0).body).toBe('{}');
  });

  test.each([
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/v4/'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080/v4/'],
    ['https://proxy.example/chat', 'https://proxy.example/chat/v4/'],
    ['https://proxy.example/a/chat/', 'https://proxy.example/a/chat/v4/'],
  ])('puts the path under the address %s', (baseUrl, start) => {
    const { url, path } = buildRequest(
      'destroy_group',
      { GroupId: 'g' },
      { ...caller, base: readBase(baseUrl) },
      1,
    );
    expect(url.startsWith(`${start}group_open_http_svc/destroy_group?`)).toBe(true);
    expect(new URL(baseUrl).origin + path).toBe(url);
  });

  test('carries every account, signature and random number through the query unharmed', () => {
    const texts = fc.record({
      identifier: fc.string({ unit: 'grapheme', minLength: 1 }),
      userSig: fc.string({ unit: 'grapheme', minLength: 1 }),
      random: fc.nat({ max: 4_294_967_295 }),
      name: fc.constantFrom(...endpointNames),
    });
    fc.assert(
      fc.property(texts, ({ identifier, userSig, random, name }) => {
        // The query does not depend on the body, so one that fits no endpoint does as well.
        const url = new URL(
          buildRequest(name, {} as BodyOf<typeof name>, { ...caller, identifier, userSig }, random).url,
        );
        expect([...url.searchParams]).toEqual([
          ['sdkappid', '1400000000'],
          ['identifier', identifier],
          ['usersig', userSig],
          ['random', String(random)],
          ['contenttype', 'json'],
        ]);
        expect(url.pathname).toBe(`/v4/${endpointOf(name).service}/${endpointOf(name).command}`);
      }),
    );
  });
});

describe('redact', () => {
  test('hides the signature and keeps the rest readable', () => {
    const request = buildRequest('destroy_group', { GroupId: '@TGS#1' }, caller, 7);
    expect(redact(request)).toEqual({
      method: 'POST',
      url: 'https://adminapisgp.im.qcloud.com/v4/group_open_http_svc/destroy_group?sdkappid=1400000000&identifier=administrator&usersig=<hidden>&random=7&contenttype=json',
      body: { GroupId: '@TGS#1' },
    });
  });

  test('is not fooled by an account that looks like a signature', () => {
    const identifier = 'x&usersig=decoy';
    const request = buildRequest('destroy_group', { GroupId: 'g' }, { ...caller, identifier }, 7);
    expect(redact(request).url).not.toContain(caller.userSig);
  });
});

test('the nine documented hosts', () => {
  expect(Object.keys(hosts)).toEqual(
    'china singapore seoul tokyo frankfurt siliconvalley jakarta riyadh mumbai'.split(' '),
  );
  expect(baseUrlOf('china')).toBe('https://console.tim.qq.com');
});
