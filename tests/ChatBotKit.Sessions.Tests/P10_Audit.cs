namespace ChatBotKit.Sessions.Tests;

/// <summary>Property 10: actions on sessions are recorded in a chain that reveals changes.</summary>
public sealed class P10_Audit(Deployment deployment) : SessionChecks(deployment)
{
    [Fact]
    public async Task Mint_IsRecordedOnce()
    {
        var session = await MintAsync();

        var record = Assert.Single(await RecordsAsync(session, SessionAuditType.Mint));

        Assert.Equal(("owner", session.Id), (record.Actor.Kind, record.ConversationId));
        Assert.InRange(Now - record.CreatedAt, TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Refresh_IsRecordedWithWhoDidIt()
    {
        var session = await MintAsync(new SessionCreateRequest { Refreshable = true });
        await SendAsync($"POST /conversation/{session.Id}/session/{session.SessionId}/refresh", "{}", session.Token);

        var record = Assert.Single(await RecordsAsync(session, SessionAuditType.Refresh));

        Assert.Equal(("session", session.SessionId), (record.Actor.Kind, record.Actor.Id));
    }

    [Fact]
    public async Task Revoke_IsRecordedWithItsReason()
    {
        var session = await MintAsync();
        await Owner.Conversation.Session.RevokeAsync(session.Id, session.SessionId!, new SessionRevokeRequest { Reason = "lost phone" }, Token);

        Assert.Equal("lost phone", Assert.Single(await RecordsAsync(session, SessionAuditType.Revoke)).Code);
    }

    [Fact]
    public async Task FirstUse_IsRecordedOnce()
    {
        var session = await MintAsync();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(
            _ => SendAsync($"GET /conversation/{session.Id}/message/list", credential: session.Token, origin: "https://shop.example")));

        var record = Assert.Single(await RecordsAsync(session, SessionAuditType.Use));

        Assert.Equal("https://shop.example", record.Origin);
        Assert.NotNull((await Owner.Conversation.Session.FetchAsync(session.Id, session.SessionId!, Token)).FirstUsedAt);
    }

    [Fact]
    public async Task SessionThatWasNotUsed_HasNoUse() =>
        Assert.Empty(await RecordsAsync(await MintAsync(), SessionAuditType.Use));

    [Fact]
    public async Task Refusal_IsRecordedWithItsCode()
    {
        var session = await MintAsync(new SessionCreateRequest { Permissions = [SessionPermission.Complete] });
        await SendAsync($"GET /conversation/{session.Id}/message/list", credential: session.Token);

        Assert.Contains(await RecordsAsync(session, SessionAuditType.Refuse), record => record.Code == "PERMISSION_MISSING");
    }

    [Fact]
    public async Task RefusalOfARevokedSession_IsRecorded()
    {
        var session = await MintAsync();
        await Owner.Conversation.Session.RevokeAsync(session.Id, session.SessionId!, cancellationToken: Token);
        await SayAsync(session);

        Assert.Contains(await RecordsAsync(session, SessionAuditType.Refuse), record => record.Code == "SESSION_REVOKED");
    }

    [Fact]
    public async Task RefusalOfAForeignPage_IsRecordedWithTheOrigin()
    {
        var session = await MintAsync(new SessionCreateRequest { Origins = ["https://shop.example"] });
        await SendAsync($"GET /conversation/{session.Id}/message/list", credential: session.Token, origin: "https://evil.example");

        var record = Assert.Single(await RecordsAsync(session, SessionAuditType.Refuse));
        Assert.Equal(("ORIGIN_NOT_ALLOWED", "https://evil.example"), (record.Code, record.Origin));
    }

    [Fact]
    public async Task ManyRefusals_MakeFewRecords()
    {
        var session = await MintAsync(new SessionCreateRequest { Permissions = [SessionPermission.Complete] });
        for (var i = 0; i < 50; i++)
            await SendAsync($"GET /conversation/{session.Id}/message/list", credential: session.Token);

        Assert.InRange((await RecordsAsync(session, SessionAuditType.Refuse)).Count, 1, 5);
    }

    [Fact]
    public async Task Records_NameNoToken()
    {
        var session = await MintAsync();
        await SayAsync(session);

        var answer = await SendAsync($"GET /session/audit/list?sessionId={session.SessionId}", credential: Deployment.Secret);

        Assert.DoesNotContain(session.Token.Split('.')[2], answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Deployment.Secret, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chain_IsWholeWhenTheReaderComputesItAnew()
    {
        await RevokeOneAsync();

        var previous = new string('0', 64);
        var number = 0L;
        await foreach (var record in Owner.Session.Audit.ListAsync(new SessionAuditListRequest { Order = ListOrder.Ascending }, Token))
        {
            Assert.Equal((++number, previous, record.Hash), (record.Number, record.PreviousHash, record.ComputeHash()));
            previous = record.Hash;
        }

        Assert.True(number >= 2);
    }

    [Fact]
    public async Task Chain_IsWholeWhenTheServerLooks()
    {
        await RevokeOneAsync();

        var verification = await Owner.Session.Audit.VerifyAsync(Token);

        Assert.True(verification.Valid);
        Assert.Null(verification.BrokenAt);
        var last = await Owner.Session.Audit.ListAsync(new SessionAuditListRequest { Take = 1 }, Token);
        Assert.Equal((verification.Head, verification.Records), (last.Items[0].Hash, last.Items[0].Number));
    }

    [Fact]
    public async Task ChangedRecord_HasAnotherHash()
    {
        await RevokeOneAsync();
        var record = (await Owner.Session.Audit.ListAsync(new SessionAuditListRequest { Take = 1 }, Token)).Items[0];

        Assert.NotEqual(record.Hash, (record with { CreatedAt = record.CreatedAt.AddMilliseconds(1) }).ComputeHash());
        Assert.NotEqual(record.Hash, (record with { Code = "other" }).ComputeHash());
    }

    private async Task RevokeOneAsync()
    {
        var session = await MintAsync();
        await Owner.Conversation.Session.RevokeAsync(session.Id, session.SessionId!, cancellationToken: Token);
    }

    private async Task<IReadOnlyList<SessionAuditItem>> RecordsAsync(SessionCreateResponse session, SessionAuditType type) =>
        (await Owner.Session.Audit.ListAsync(new SessionAuditListRequest { SessionId = session.SessionId, Type = type }, Token)).Items;
}
