using System.Globalization;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Features.Sessions.Audit;
using ChatBotKit.Server.Tests.Data;

namespace ChatBotKit.Server.Tests.Security;

public sealed class AuditChainTests : StoreTests
{
    [Fact]
    public async Task Chain_ThatNobodyTouched_IsValidAndTellsItsHead()
    {
        await StoreAsync(5);

        var verified = await VerifyAsync();

        var records = await ReadAsync();
        Assert.Equal((true, 5, null), (verified.Valid, verified.Records, verified.BrokenAt));
        Assert.Equal(Convert.ToHexStringLower(records[^1].Hash), verified.Head);
        Assert.Equal(new byte[32], records[0].PreviousHash);
    }

    [Fact]
    public async Task Chain_WithoutRecords_IsValidAndHasNoHead()
    {
        var verified = await VerifyAsync();

        Assert.Equal((true, 0, null, null), (verified.Valid, verified.Records, verified.Head, verified.BrokenAt));
    }

    [Fact]
    public async Task Chain_LongerThanAPage_IsWalkedToItsEnd()
    {
        await StoreAsync(1100);
        var whole = await VerifyAsync();
        await ChangeAsync("""UPDATE "AuditRecords" SET "Code" = 'x' WHERE "Number" = 1001""");
        var changed = await VerifyAsync();

        Assert.Equal((true, 1100), (whole.Valid, whole.Records));
        Assert.Equal((false, 1100, 1001), (changed.Valid, changed.Records, changed.BrokenAt));
    }

    [Theory]
    [InlineData("\"Id\" = 'x'")]
    [InlineData("\"Type\" = 'revoke'")]
    [InlineData("\"Code\" = 'x'")]
    [InlineData("\"ActorKind\" = 'session'")]
    [InlineData("\"ActorId\" = NULL")]
    [InlineData("\"SessionId\" = 'x'")]
    [InlineData("\"ConversationId\" = 'x'")]
    [InlineData("\"ContactId\" = 'x'")]
    [InlineData("\"Address\" = '192.0.2.0/24'")]
    [InlineData("\"Origin\" = 'https://other.example'")]
    [InlineData("\"Count\" = 2")]
    [InlineData("\"CreatedAt\" = \"CreatedAt\" + 1")]
    [InlineData("\"CreatedAt\" = 9000000000000000000")]
    [InlineData("\"PreviousHash\" = $zeros")]
    [InlineData("\"Hash\" = $zeros")]
    public async Task ChangedRecord_IsFoundAtItsNumber(string change)
    {
        await StoreAsync(5);

        await ChangeAsync($"""
            UPDATE "AuditRecords" SET {change.Replace("$zeros", TestStore.Bytes(new string('0', 64)), StringComparison.Ordinal)} WHERE "Number" = 3
            """);

        await AssertBrokenAsync(3);
    }

    [Theory]
    [InlineData("""DELETE FROM "AuditRecords" WHERE "Number" = 3""", 3)]
    [InlineData("""DELETE FROM "AuditRecords" WHERE "Number" = 1""", 1)]
    [InlineData("""DELETE FROM "AuditRecords" WHERE "Number" = 2; UPDATE "AuditRecords" SET "Number" = 2 WHERE "Number" = 3""", 2)]
    [InlineData("""
        UPDATE "AuditRecords" SET "Number" = 99 WHERE "Number" = 3;
        UPDATE "AuditRecords" SET "Number" = 3 WHERE "Number" = 4;
        UPDATE "AuditRecords" SET "Number" = 4 WHERE "Number" = 99
        """, 3)]
    [InlineData("""
        UPDATE "AuditRecords" SET "Number" = -"Number" - 1 WHERE "Number" >= 3;
        UPDATE "AuditRecords" SET "Number" = -"Number" WHERE "Number" < 0;
        INSERT INTO "AuditRecords" SELECT * FROM copy
        """, 3)]
    [InlineData("""UPDATE copy SET "Number" = 0; INSERT INTO "AuditRecords" SELECT * FROM copy""", 0)]
    [InlineData("""UPDATE copy SET "Number" = -7; INSERT INTO "AuditRecords" SELECT * FROM copy""", -7)]
    [InlineData("""UPDATE copy SET "Number" = 6; INSERT INTO "AuditRecords" SELECT * FROM copy""", 6)]
    public async Task RecordTakenOutMovedOrPutIn_IsFoundAtItsNumber(string change, long brokenAt)
    {
        await StoreAsync(5);

        await ChangeAsync($"""
            CREATE TEMP TABLE copy AS SELECT * FROM "AuditRecords" WHERE "Number" = 3;
            UPDATE copy SET "Id" = 'copy';
            {change}
            """);

        await AssertBrokenAsync(brokenAt);
    }

    [Fact]
    public async Task ChangedRecord_WithItsHashMadeAnew_IsFoundAtTheNextOne()
    {
        await StoreAsync(5);
        await ChangeAsync("""UPDATE "AuditRecords" SET "Code" = 'x' WHERE "Number" = 3""");
        var hash = (await ReadAsync())[2].ToItem().ComputeHash();

        await ChangeAsync($"""UPDATE "AuditRecords" SET "Hash" = {TestStore.Bytes(hash)} WHERE "Number" = 3""");

        await AssertBrokenAsync(4);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("näh 😀 \ud800")]
    public void Hash_OfARow_IsThatOfItsItem(string? code)
    {
        var row = new AuditRow
        {
            AccountId = "account",
            Number = 12,
            Id = "record",
            Type = "revoke",
            Code = code,
            ActorKind = "owner",
            Origin = code is null ? null : new string('x', 1000),
            ContactId = "contact",
            Count = 3,
            CreatedAt = -1_700_000_000_000,
            PreviousHash = [.. Enumerable.Range(0, 32).Select(number => (byte)number)],
        };

        Assert.Equal(row.ToItem().ComputeHash(), Convert.ToHexStringLower(row.ComputeHash()));
    }

    [Fact]
    public async Task Accounts_HaveChainsOfTheirOwn()
    {
        await StoreAsync(2);
        await Store.CommitAsync(new WriteSet { Audit = [Record("1", "other")] });
        await ChangeAsync("""UPDATE "AuditRecords" SET "Code" = 'x' WHERE "AccountId" = 'other'""");

        Assert.True((await VerifyAsync()).Valid);
        Assert.Equal(1, (await VerifyAsync("other")).BrokenAt);
    }

    [Fact]
    public async Task ManyMintsAtOnce_SomeOfWhichFail_MakeOneChainOfTheGoodOnes()
    {
        await AddConversationAsync();

        var mints = Enumerable.Range(1, 64).Select(number => Store.CommitAsync(new WriteSet
        {
            Session = Rows.Session($"s{number}", number % 8 == 0 ? "gone" : "c1"),
            Audit = [Record($"mint{number}")],
        })).ToList();
        var changes = Enumerable.Range(1, 16).Select(number => Store.ChangeAsync(
            async db =>
            {
                await db.AuditAsync(Record($"change{number}"));
                return number % 8 == 0 ? throw new InvalidOperationException("refused") : number;
            },
            Cancellation)).ToList();
        await Task.WhenAll(mints.Concat(changes)).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.Equal((8, 2), (mints.Count(mint => mint.IsFaulted), changes.Count(change => change.IsFaulted)));
        var records = await ReadAsync();
        Assert.Equal(Enumerable.Range(1, 56 + 14).Select(number => (long)number), records.Select(record => record.Number));
        Assert.DoesNotContain(records, record => record.Id is "account-mint8" or "account-change8");
        Assert.True((await VerifyAsync()).Valid);
    }

    [Fact]
    public async Task FirstUse_NotedManyTimesAtOnce_HasOneRecord()
    {
        await AddConversationAsync();
        var session = Rows.Session();
        session.FirstUsedAt = null;
        await Store.CommitAsync(new WriteSet { Session = session });

        await Task.WhenAll(Enumerable.Range(1, 32).Select(number =>
            Store.CommitAsync(new WriteSet { Audit = [Record($"use{number}", type: "use")] })));
        await ReopenAsync();
        await Store.CommitAsync(new WriteSet { Audit = [Record("again", type: "use")] });

        var use = Assert.Single(await ReadAsync());
        Assert.Equal(use.CreatedAt, (await Store.FindSessionAsync("s1", Cancellation))!.FirstUsedAt);
        Assert.True((await VerifyAsync()).Valid);
    }

    private static AuditRow Record(string name, string account = "account", string type = "mint") => new()
    {
        AccountId = account,
        Id = $"{account}-{name}",
        Type = type,
        ActorKind = "owner",
        ActorId = "token",
        SessionId = "s1",
        ConversationId = "c1",
        Address = "203.0.113.0/24",
        CreatedAt = 1_700_000_000_000,
    };

    private async Task StoreAsync(int count) => await Store.CommitAsync(new WriteSet
    {
        Audit = [.. Enumerable.Range(1, count).Select(number => Record(number.ToString(CultureInfo.InvariantCulture)))],
    });

    private Task<SessionAuditVerification> VerifyAsync(string account = "account") =>
        new AuditReading(Store).VerifyAsync(account, Cancellation);

    private Task<List<AuditRow>> ReadAsync() =>
        Store.ListAsync(AuditTable.Rows, "WHERE \"AccountId\" = 'account' ORDER BY \"Number\"");

    private async Task AssertBrokenAsync(long number)
    {
        var verified = await VerifyAsync();
        Assert.Equal((false, number), (verified.Valid, verified.BrokenAt));
    }

    private Task ChangeAsync(string sql) => TestStore.ChangeAsync(DataDirectory, sql);
}
