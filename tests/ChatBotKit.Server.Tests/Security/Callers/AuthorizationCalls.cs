using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Security;
using ChatBotKit.Server.Tests.Resources;
using Microsoft.IdentityModel.Tokens;

namespace ChatBotKit.Server.Tests.Security;

/// <summary>Creates the world and the credential of a row, and sends its request.</summary>
internal static class AuthorizationCalls
{
    /// <summary>The outcome of a call that was authorized: any response but a refusal.</summary>
    public const string Open = "open";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Sends the row's request with this credential, to a new conversation.</summary>
    /// <param name="server">The server.</param>
    /// <param name="row">The route.</param>
    /// <param name="credential">The credential.</param>
    /// <param name="query">The query, which replaces that of the address; null to keep that.</param>
    public static async Task<string> CallAsync(
        this AuthorizationServer server, AuthorizationRow row, AuthorizationCredential credential, string? query = null)
    {
        var world = new AuthorizationWorld(server.OwnerAccountId, PermissionsFor(row, credential));
        var header = await server.HeaderAsync(world, row, credential);
        await server.AddAsync(world);
        using var owner = server.Server.Client();
        var address = await server.AddressAsync(row, world, owner);
        return await server.SendAsync(
            row.Verb, query is null ? address : address.Split('?')[0] + query, header,
            runAs: credential == AuthorizationCredential.OwnerActingForAChildAccount ? server.ChildAccountId : null,
            body: AuthorizationResources.BodyOf(row));
    }

    /// <summary>Sends the row's request with a valid credential, but with ids of another conversation below the caller's own one.</summary>
    public static async Task<string> CallMixedAsync(this AuthorizationServer server, AuthorizationRow row, AuthorizationCredential credential)
    {
        var own = new AuthorizationWorld(server.OwnerAccountId, PermissionsFor(row, credential));
        var other = new AuthorizationWorld(server.OwnerAccountId, PermissionsFor(row, credential));
        var header = await server.HeaderAsync(own, row, credential);
        await server.AddAsync(own);
        await server.AddAsync(other);
        using var owner = server.Server.Client();
        var address = await server.AddressAsync(row, other, owner);
        return await server.SendAsync(
            row.Verb, address.Replace(other.ConversationId, own.ConversationId, StringComparison.Ordinal), header);
    }

    /// <returns>The status and code of a refusal, else <see cref="Open"/>.</returns>
    public static async Task<string> SendAsync(
        this AuthorizationServer server, string verb, string address, string? header, string? runAs = null, string? body = null)
    {
        var headers = new List<(string, string)>();
        if (header is not null)
            headers.Add(("Authorization", header));
        if (runAs is not null)
            headers.Add(("X-RunAs-User-Id", runAs));
        // The response is not read to its end, because some are long-running.
        using var answer = await server.Client.OpenAsync(
            new HttpMethod(verb), address, verb == "GET" ? null : body ?? BodyOf(address), accept: null, headers: [.. headers]);
        var status = (int)answer.StatusCode;
        // 501: the model provider of the tests has no speech endpoint.
        if (status is not (401 or 403 or 404 or 405 or >= 500) or 501)
            return Open;
        return await answer.CodeAsync();
    }

    private static IReadOnlyList<string> PermissionsFor(AuthorizationRow row, AuthorizationCredential credential) => row.Permission switch
    {
        null => AuthorizationWorld.AllPermissions,
        var needed when credential == AuthorizationCredential.NarrowSession => [.. AuthorizationWorld.AllPermissions.Where(name => name != needed)],
        var needed => [needed],
    };

    /// <summary>Returns the address, and creates everything that the path refers to.</summary>
    /// <param name="server">The server.</param>
    /// <param name="row">The route.</param>
    /// <param name="world">The conversation and everything below it.</param>
    /// <param name="owner">A client of the world's account.</param>
    public static async Task<string> AddressAsync(
        this AuthorizationServer server, AuthorizationRow row, AuthorizationWorld world, HttpClient owner)
    {
        var resources = new ResourceWorld(owner, world.AccountId);
        if (row.Names("name"))
            return await AttachmentAsync(row, world, owner);
        if (row.Names("fileId") && row.IsAnonymous)
            return await ContentAsync(row, resources, owner);
        if (row.Names("path") || row.Names("contentId"))
            return await StorageAsync(row, resources, owner);
        if (row.Names("tokenId") && row.Names("userId"))
        {
            var user = await resources.UserAsync();
            var token = ApiJson.Id(await owner.ReadAsync(HttpMethod.Post, $"partner/user/{user}/token/create", "{}"));
            return row.Path.Replace("{userId}", user, StringComparison.Ordinal).Replace("{tokenId}", token, StringComparison.Ordinal);
        }

        if (row.Names("tokenId"))
        {
            // A separate token, so that revoking it affects nothing else.
            var secret = await server.Server.CreateApiTokenAsync(server.OwnerAccountId);
            return row.Path.Replace("{tokenId}", (await server.Server.FindTokenAsync(secret)).Id, StringComparison.Ordinal);
        }

        if (row.Names("reportId"))
            return row.Path.Replace("{reportId}", PlatformReportIds.TotalContacts, StringComparison.Ordinal);
        if (row.Names("workId"))
        {
            // Of a kind that nobody does, so that it stays until it is dropped.
            var work = DueWorkRow.New("mail", Ids.New(), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
            await server.Server.Store.InsertAsync(DueWorkTable.Rows, work);
            return row.Path.Replace("{workId}", $"{work.Kind}.{work.Key}", StringComparison.Ordinal);
        }

        var address = world.Fill(await AuthorizationResources.FillAsync(row, resources));
        // The access token of the integration opens the route, whatever other credential comes along.
        if (row.Path.EndsWith("/invoke", StringComparison.Ordinal) && row.IsForVisitors)
        {
            var integration = address[address.IndexOf("integration/", StringComparison.Ordinal)..address.LastIndexOf('/')];
            return $"{address}?authorization={(await owner.ReadAsync(HttpMethod.Get, $"{integration}/fetch")).Text("accessToken")}";
        }

        // A trigger that asks for no secret lets everybody send events.
        if (row.Path.EndsWith("/event", StringComparison.Ordinal))
        {
            var trigger = address[address.IndexOf("integration/", StringComparison.Ordinal)..address.LastIndexOf('/')];
            await owner.ReadAsync(HttpMethod.Post, $"{trigger}/update", """{"authenticate":false}""");
        }

        foreach (var (parameter, id) in AuthorizationTable.Entries)
            address = address.Replace(parameter, id, StringComparison.Ordinal);
        return row.Names("keyId")
            ? address.Replace("{keyId}", (await server.Service<KeyRing>().CurrentAsync(Token)).Row.Id, StringComparison.Ordinal)
            : address;
    }

    /// <summary>Returns a signed address of a file of the conversation that begins with the prefix of the row.</summary>
    private static Task<string> AttachmentAsync(AuthorizationRow row, AuthorizationWorld world, HttpClient owner) =>
        SignedAsync(row, owner, $"conversation/{world.ConversationId}/attachment/upload");

    /// <summary>Returns a signed address of the content of a new file.</summary>
    private static async Task<string> ContentAsync(AuthorizationRow row, ResourceWorld world, HttpClient owner) =>
        await SignedAsync(row, owner, $"file/{await world.CreateAsync(ResourceServer.Kind("file"))}/upload");

    /// <summary>Returns the address of a file of a new space, signed if the row is for everybody.</summary>
    private static async Task<string> StorageAsync(AuthorizationRow row, ResourceWorld world, HttpClient owner)
    {
        var space = await world.CreateAsync(ResourceServer.Kind("space"));
        var upload = $"space/{space}/storage/upload/docs/a.txt";
        if (row.Verb == "PUT")
            return await SignedAsync(row, owner, upload);
        await owner.ReadAsync(HttpMethod.Post, upload, """{"file":"data:text/plain,Hello"}""");
        if (!row.IsAnonymous)
        {
            var path = row.Path.Contains("/list/", StringComparison.Ordinal) ? "docs" : "docs/a.txt";
            return row.Path.Replace("{spaceId}", space, StringComparison.Ordinal).Replace("{path}", path, StringComparison.Ordinal);
        }

        var address = JsonElement.Parse(await owner.ReadTextAsync($"space/{space}/storage/download/docs/a.txt", "application/json")).Text("url")!;
        return BelowPrefixOf(row, address);
    }

    private static async Task<string> SignedAsync(AuthorizationRow row, HttpClient owner, string upload)
    {
        var (body, link) = row.Verb == "PUT"
            ? ("""{"file":{"name":"a.txt","type":"text/plain","size":100}}""", "uploadRequest")
            : ("""{"file":"data:text/plain,Hello"}""", "downloadRequest");
        var answer = await owner.ReadAsync(HttpMethod.Post, upload, body);
        return BelowPrefixOf(row, answer.GetProperty(link).Text("url")!);
    }

    /// <summary>Returns the path of a signed address below the prefix of the row.</summary>
    private static string BelowPrefixOf(AuthorizationRow row, string address)
    {
        var prefix = AuthorizationTable.Prefixes.First(prefix => row.Path.StartsWith(prefix, StringComparison.Ordinal));
        return prefix + new Uri(address).PathAndQuery[AuthorizationTable.Prefixes[0].Length..];
    }

    private static async Task<string?> HeaderAsync(
        this AuthorizationServer server, AuthorizationWorld world, AuthorizationRow row, AuthorizationCredential credential) => credential switch
        {
            AuthorizationCredential.None => null,
            AuthorizationCredential.NotBearer => $"Basic {ServerFactory.OwnerSecret}",
            AuthorizationCredential.Garbage => $"Bearer {ServerFactory.OwnerSecret}x",
            AuthorizationCredential.GarbageInThreeParts => "Bearer sk-owner.secret.tests",
            AuthorizationCredential.RevokedApiToken => $"Bearer {server.RevokedSecret}",
            AuthorizationCredential.ApiTokenOfAnotherAccount => $"Bearer {server.StrangerSecret}",
            AuthorizationCredential.ApiTokenOfAChildAccount => $"Bearer {server.ChildSecret}",
            AuthorizationCredential.Owner or AuthorizationCredential.OwnerActingForAChildAccount => $"Bearer {ServerFactory.OwnerSecret}",
            AuthorizationCredential.SessionOfAnotherConversation => await server.OtherSessionAsync(server.OwnerAccountId, row, credential),
            AuthorizationCredential.SessionOfAnotherAccount => await server.OtherSessionAsync(server.StrangerAccountId, row, credential),
            AuthorizationCredential.SiblingSession => await server.SiblingAsync(world, row, credential),
            _ => $"Bearer {await server.TokenAsync(world.Session, credential)}",
        };

    private static async Task<string> OtherSessionAsync(
        this AuthorizationServer server, string accountId, AuthorizationRow row, AuthorizationCredential credential)
    {
        var other = new AuthorizationWorld(accountId, PermissionsFor(row, credential));
        await server.AddAsync(other);
        return $"Bearer {await server.SignAsync(other.Session)}";
    }

    private static async Task<string> SiblingAsync(
        this AuthorizationServer server, AuthorizationWorld world, AuthorizationRow row, AuthorizationCredential credential)
    {
        var sibling = world.NewSession(PermissionsFor(row, credential));
        world.Others.Add(sibling);
        return $"Bearer {await server.SignAsync(sibling)}";
    }

    /// <summary>Returns a token of the session, which is first brought into the state of the credential and stored.</summary>
    private static async Task<string> TokenAsync(
        this AuthorizationServer server, SessionRow session, AuthorizationCredential credential)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        if (credential is AuthorizationCredential.ExpiredSession)
            session.ExpiresAt = now - 1000;
        var until = session.ExpiresAt;
        if (credential is AuthorizationCredential.ExpiredToken)
            session.ExpiresAt = now - 1000;
        var token = await server.SignAsync(session);
        session.ExpiresAt = until;
        session.RevokedAt = credential is AuthorizationCredential.RevokedSession ? now : null;
        (session.Generation, session.PreviousUntil) = credential switch
        {
            AuthorizationCredential.ReplacedTwice => (3, now + 60_000),
            AuthorizationCredential.ReplacedLongAgo => (2, now - 1),
            AuthorizationCredential.ReplacedJustNow => (2, now + 60_000),
            _ => (1, (long?)null),
        };
        return credential is AuthorizationCredential.ForgedSignature ? Forge(token) : token;
    }

    /// <summary>Returns the same token with one changed bit in the signature.</summary>
    private static string Forge(string token)
    {
        var dot = token.LastIndexOf('.');
        var signature = Base64UrlEncoder.DecodeBytes(token[(dot + 1)..]);
        signature[10] ^= 1;
        return $"{token[..dot]}.{Base64UrlEncoder.Encode(signature)}";
    }

    /// <summary>Returns the smallest valid body for routes that check the body before the owner.</summary>
    public static string BodyOf(string address) => address.Split('/')[^2..] switch
    {
        ["message", "create"] => """{"type":"user","text":"Hello"}""",
        ["record", "create"] => """{"text":"Hello"}""",
        [_, "search"] => """{"search":"Hello"}""",
        [_, "send"] => """{"text":"Hello"}""",
        ["migration", "create"] => """{"to":"Database=none"}""",
        ["contact", "upsert"] => $$"""{"email":"{{address.Split('/')[^3]}}@shop.example"}""",
        _ => "{}",
    };
}
