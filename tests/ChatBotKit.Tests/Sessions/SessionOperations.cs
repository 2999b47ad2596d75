using System.Text.Json.Nodes;

namespace ChatBotKit.Tests;

/// <summary>The operations of sessions, which only the server of this project has.</summary>
internal static class SessionOperations
{
    private const string Session = """
        {"id":"s1","conversationId":"c1","contactId":"p1","status":"active","permissions":["complete"],"origins":["https://shop.example"],"limits":{"messages":5},"usage":{"messages":1,"tokens":2,"attachmentBytes":3},"refreshable":true,"createdAt":1,"expiresAt":2,"refreshableUntil":3}
        """;

    private const string Token = """{"id":"c1","token":"t.o.k","expiresAt":1767225600000,"sessionId":"s1","refreshableUntil":1767312000000}""";

    private const string Record = """
        {"id":"a1","number":7,"type":"refuse","code":"SESSION_EXPIRED","actor":{"kind":"session","id":"s1"},"sessionId":"s1","count":2,"createdAt":5,"previousHash":"00","hash":"ff"}
        """;

    private const string Key = """{"id":"k1","status":"active","createdAt":1,"activeFrom":2}""";

    private const string Id = """{"id":"s1"}""";

    private const string Revoked = """{"id":"x1","revoked":3}""";

    public static IEnumerable<OperationCase> All() => [.. Minting(), .. Revoking(), .. Account()];

    private static IEnumerable<OperationCase> Minting() =>
    [
        new(
            "SessionClient.CreateAsync with all terms",
            async (api, token) => (await api.Conversation.Session.CreateAsync("c1", new SessionCreateRequest
            {
                Refreshable = true,
                LifetimeInSeconds = 7200,
                Permissions = [SessionPermission.Complete, SessionPermission.MessagesRead],
                Origins = ["https://shop.example"],
                ContactId = "p1",
                Limits = new SessionLimits { Messages = 5, Streams = 2 },
                Meta = new JsonObject { ["a"] = 1 },
            }, token)).SessionId!,
            "POST /api/v1/conversation/c1/session/create\n" + """{"refreshable":true,"lifetimeInSeconds":7200,"permissions":["complete","messages:read"],"origins":["https://shop.example"],"contactId":"p1","limits":{"messages":5,"streams":2},"meta":{"a":1}}""",
            Token,
            "s1"),
        new(
            "SessionClient.CreateAsync without terms",
            async (api, token) => (await api.Conversation.Session.CreateAsync("c1", cancellationToken: token)).SessionId!,
            "POST /api/v1/conversation/c1/session/create\n{}",
            Token,
            "s1"),
        new(
            "SessionClient.ListAsync",
            async (api, token) => (await api.Conversation.Session.ListAsync(
                "c1", new SessionListRequest { Status = SessionStatus.Active, ContactId = "p1", Take = 5 }, token)).Items[0].Origins![0],
            "GET /api/v1/conversation/c1/session/list?take=5&status=active&contactId=p1",
            $$"""{"items":[{{Session}}],"cursor":"s1"}""",
            "https://shop.example"),
        new(
            "SessionClient.FetchAsync",
            async (api, token) => (await api.Conversation.Session.FetchAsync("c1", "s1", token)).Permissions[0].Value,
            "GET /api/v1/conversation/c1/session/s1/fetch",
            Session,
            "complete"),
        new(
            "SessionClient.RefreshAsync",
            async (api, token) => (await api.Conversation.Session.RefreshAsync(
                "c1", "s1", new SessionRefreshRequest { DurationInSeconds = 1800 }, token)).Token,
            "POST /api/v1/conversation/c1/session/s1/refresh\n" + """{"durationInSeconds":1800}""",
            Token,
            "t.o.k"),
        new(
            "SessionClient.RefreshAsync without request",
            async (api, token) => (await api.Conversation.Session.RefreshAsync("c1", "s1", cancellationToken: token)).Token,
            "POST /api/v1/conversation/c1/session/s1/refresh\n{}",
            Token,
            "t.o.k"),
    ];

    private static IEnumerable<OperationCase> Revoking() =>
    [
        new(
            "SessionClient.RevokeAsync",
            async (api, token) => (await api.Conversation.Session.RevokeAsync(
                "c1", "s1", new SessionRevokeRequest { Reason = "lost" }, token)).Id,
            "POST /api/v1/conversation/c1/session/s1/revoke\n" + """{"reason":"lost"}""",
            Id,
            "s1"),
        new(
            "SessionClient.RevokeAllAsync",
            async (api, token) => (await api.Conversation.Session.RevokeAllAsync("c1", cancellationToken: token)).Revoked.ToString()!,
            "POST /api/v1/conversation/c1/session/revoke\n{}",
            Revoked,
            "3"),
        new(
            "ContactSessionClient.RevokeAllAsync",
            async (api, token) => (await api.Contact.Session.RevokeAllAsync("p1", cancellationToken: token)).Revoked.ToString()!,
            "POST /api/v1/contact/p1/session/revoke\n{}",
            Revoked,
            "3"),
        new(
            "AccountSessionClient.RevokeAllAsync",
            async (api, token) => (await api.Session.RevokeAllAsync(new SessionRevokeRequest { Reason = "leak" }, token)).Id,
            "POST /api/v1/session/revoke\n" + """{"reason":"leak"}""",
            Revoked,
            "x1"),
    ];

    private static IEnumerable<OperationCase> Account() =>
    [
        new(
            "AccountSessionClient.ListAsync",
            async (api, token) => (await api.Session.ListAsync(new SessionListRequest { ConversationId = "c1" }, token)).Items[0].Id,
            "GET /api/v1/session/list?conversationId=c1",
            $$"""{"items":[{{Session}}],"cursor":"s1"}""",
            "s1"),
        new(
            "SessionAuditClient.ListAsync",
            async (api, token) => (await api.Session.Audit.ListAsync(
                new SessionAuditListRequest { SessionId = "s1", Type = SessionAuditType.Refuse }, token)).Items[0].Actor.Kind,
            "GET /api/v1/session/audit/list?sessionId=s1&type=refuse",
            $$"""{"items":[{{Record}}],"cursor":"a1"}""",
            "session"),
        new(
            "SessionAuditClient.VerifyAsync",
            async (api, token) => (await api.Session.Audit.VerifyAsync(token)).Head!,
            "GET /api/v1/session/audit/verify",
            """{"valid":true,"records":7,"head":"ff"}""",
            "ff"),
        new(
            "SessionKeyClient.ListAsync",
            async (api, token) => (await api.Session.Key.ListAsync(token)).Items[0].Status,
            "GET /api/v1/session/key/list",
            $$"""{"items":[{{Key}}]}""",
            "active"),
        new(
            "SessionKeyClient.RotateAsync",
            async (api, token) => (await api.Session.Key.RotateAsync(token)).Id,
            "POST /api/v1/session/key/rotate\n{}",
            """{"id":"k2"}""",
            "k2"),
        new(
            "SessionKeyClient.RevokeAsync",
            async (api, token) => (await api.Session.Key.RevokeAsync("k1", token)).Id,
            "POST /api/v1/session/key/k1/revoke\n{}",
            """{"id":"k1"}""",
            "k1"),
    ];
}
