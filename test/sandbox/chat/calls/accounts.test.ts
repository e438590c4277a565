// Accounts and their profiles.
import { describe, expect, it } from 'vitest';
import { start } from '../harness.ts';

describe('accounts', () => {
  it('are imported again and again', async () => {
    const { call, service } = await start();
    expect((await call('account_import', { UserID: 'newcomer', Nick: 'New' })).ErrorCode).toBe(0);
    expect((await call('account_import', { UserID: 'newcomer' })).ErrorCode).toBe(0);
    expect(service.world.profileText('newcomer', 'Tag_Profile_IM_Nick')).toBe('New');
  });

  it('have names of 32 bytes', async () => {
    const { call } = await start();
    expect((await call('account_import', { UserID: 'u'.repeat(32) })).ErrorCode).toBe(0);
    expect((await call('account_import', { UserID: 'u'.repeat(33) })).ErrorCode).toBe(70402);
    const long = '梅'.repeat(11);
    const reply = await call('multiaccount_import', { Accounts: ['one', long, 'two'] });
    expect(reply).toMatchObject({ ErrorCode: 0, FailAccounts: [long] });
  });

  it('are checked one by one', async () => {
    const { call } = await start();
    const CheckItem = [{ UserID: 'bob' }, { UserID: 'nobody' }, { UserID: 'administrator' }];
    const reply = await call('account_check', { CheckItem });
    expect(reply.ResultItem).toMatchObject([
      { UserID: 'bob', ResultCode: 0, AccountStatus: 'Imported' },
      { UserID: 'nobody', ResultCode: 0, AccountStatus: 'NotImported' },
      { UserID: 'administrator', AccountStatus: 'Imported' },
    ]);
  });
});

describe('profiles', () => {
  it.each<[string, unknown, number]>([
    ['Tag_Profile_IM_Nick', '梅'.repeat(166), 0],
    ['Tag_Profile_IM_Nick', '梅'.repeat(167), 40601],
    ['Tag_Profile_IM_Nick', 7, 40610],
    ['Tag_Profile_IM_Gender', 'Gender_Type_Male', 0],
    ['Tag_Profile_IM_Gender', 'Other', 40605],
    ['Tag_Profile_IM_Level', 3, 0],
    ['Tag_Profile_IM_Level', '3', 40610],
    ['Tag_Profile_IM_Nonsense', 'x', 40009],
    ['Tag_Profile_Custom_Guild', 'x', 0],
  ])('%s = %j -> %i', async (Tag, Value, code) => {
    const { call } = await start();
    const reply = await call('portrait_set', { From_Account: 'bob', ProfileItem: [{ Tag, Value }] });
    expect(reply.ErrorCode).toBe(code);
  });

  it('are read with a code for each account', async () => {
    const { call } = await start();
    const body = { To_Account: ['bob', 'nobody'], TagList: ['Tag_Profile_IM_Nick', 'Tag_Profile_IM_Image'] };
    const reply = await call('portrait_get', body);
    expect(reply).toMatchObject({ ErrorCode: 0, Fail_Account: ['nobody'] });
    expect(reply.UserProfileItem).toMatchObject([
      { To_Account: 'bob', ProfileItem: [{ Tag: 'Tag_Profile_IM_Nick', Value: 'Bob' }], ResultCode: 0 },
      { To_Account: 'nobody', ResultCode: 40003 },
    ]);
    expect((await call('portrait_get', { ...body, TagList: ['x'] })).ErrorCode).toBe(40009);
    const unknown = { From_Account: 'nobody', ProfileItem: [] };
    expect((await call('portrait_set', unknown)).ErrorCode).toBe(40003);
  });
});
