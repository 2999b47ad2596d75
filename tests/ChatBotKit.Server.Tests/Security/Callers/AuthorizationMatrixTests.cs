using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.Server.Tests.Security;

/// <summary>Every route of the API with every kind of credential.</summary>
public sealed class AuthorizationMatrixTests(AuthorizationServer server) : IClassFixture<AuthorizationServer>
{
    private const string Open = AuthorizationCalls.Open;
    private const string NotAuthenticated = "401 NOT_AUTHENTICATED";
    private const string NotFound = "404 NOT_FOUND";

    private static readonly AuthorizationCredential[] All = Enum.GetValues<AuthorizationCredential>();

    public static TheoryData<string> Rows { get; } = [.. AuthorizationTable.Routes.Keys];

    /// <summary>The routes with an id below a conversation.</summary>
    public static TheoryData<string> NestedRows { get; } =
        [.. AuthorizationTable.Routes.Values.Where(row => row.NamesBelowAConversation).Select(row => row.Name)];

    public static TheoryData<string> AnonymousRows { get; } =
        [.. AuthorizationTable.Routes.Values.Where(row => row.IsAnonymous).Select(row => row.Name)];

    /// <summary>The routes that describe the API. They are open to all callers.</summary>
    private static readonly string[] Descriptions = [.. AuthorizationTable.Prefixes.Select(prefix => $"GET {prefix}/spec")];

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Route_WithEachCredential_AnswersAsTheTableSays(string route)
    {
        var row = AuthorizationTable.Routes[route];

        return CheckAsync(All, credential => Expected(row, credential), credential => server.CallAsync(row, credential));
    }

    [Theory]
    [MemberData(nameof(NestedRows))]
    public Task Route_NamingWhatIsInAnotherConversation_DoesNotFindIt(string route)
    {
        var row = AuthorizationTable.Routes[route];

        return CheckAsync(
            [AuthorizationCredential.Owner, AuthorizationCredential.RightSession],
            credential => IsClosed(credential) ? NotAuthenticated : NotFound,
            credential => server.CallMixedAsync(row, credential));

        bool IsClosed(AuthorizationCredential credential) =>
            credential != AuthorizationCredential.Owner && !row.IsAnonymous && (!row.IsForSessions || row.Names("sessionId"));
    }

    /// <summary>
    /// A signed address opens such a route. Without the signature the owner may still fetch a file, but nobody may send one.
    /// </summary>
    [Theory]
    [MemberData(nameof(AnonymousRows))]
    public async Task AnonymousRoute_WithoutTheSecretInItsAddress_IsClosed(string route)
    {
        var row = AuthorizationTable.Routes[route];

        foreach (var query in new[] { "", $"?token={ServerFactory.OwnerSecret}" })
        {
            await CheckAsync(
                All,
                credential => row.Verb == "GET" ? Expected(row with { Access = "owner" }, credential) : NotAuthenticated,
                credential => server.CallAsync(row, credential, query));
        }
    }

    /// <summary>A route must be in the table, because others are not tested here.</summary>
    [Fact]
    public void Table_HasEveryRouteOfTheServer()
    {
        var served = from endpoint in server.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                     where AuthorizationTable.Prefixes.Any(prefix => endpoint.RoutePattern.RawText!.StartsWith($"{prefix}/", StringComparison.Ordinal))
                     where !IsOfMcp(endpoint.RoutePattern.RawText!)
                     from verb in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["any verb"]
                     select $"{verb} {endpoint.RoutePattern.RawText!.Replace("{**", "{", StringComparison.Ordinal)}";

        Assert.Equal(AuthorizationTable.Mapped.Select(row => row.Route).Order(), served.Except(Descriptions).Order());
    }

    /// <summary>Whether tests of its own check the route, because it speaks another protocol: that of MCP servers, or the OAuth of their clients.</summary>
    private static bool IsOfMcp(string path) =>
        path.EndsWith("/mcp", StringComparison.Ordinal)
        || (path.Contains("/integration/mcpserver/", StringComparison.Ordinal)
            && (path.Contains("/oauth/", StringComparison.Ordinal) || path.Contains("/.well-known/", StringComparison.Ordinal)));

    /// <summary>Compares the outcomes with all credentials at once, because a case for each of them would take longer than its request.</summary>
    private static async Task CheckAsync(
        IEnumerable<AuthorizationCredential> credentials, Func<AuthorizationCredential, string> expect, Func<AuthorizationCredential, Task<string>> callAsync)
    {
        var (expected, actual) = (new List<string>(), new List<string>());
        foreach (var credential in credentials)
        {
            expected.Add($"{credential}: {expect(credential)}");
            actual.Add($"{credential}: {await callAsync(credential)}");
        }

        Assert.Equal(expected, actual);
    }

    private static string Expected(AuthorizationRow row, AuthorizationCredential credential) => row.IsAnonymous || row.IsForVisitors ? Open : credential switch
    {
        // The resource of the row is private, so a visitor does not find it.
        AuthorizationCredential.None when row.IsForAnyone => NotFound,
        AuthorizationCredential.None or AuthorizationCredential.NotBearer
            or AuthorizationCredential.Garbage or AuthorizationCredential.GarbageInThreeParts
            or AuthorizationCredential.ForgedSignature or AuthorizationCredential.RevokedApiToken => NotAuthenticated,
        AuthorizationCredential.ExpiredSession or AuthorizationCredential.ExpiredToken => "401 SESSION_EXPIRED",
        AuthorizationCredential.RevokedSession => "401 SESSION_REVOKED",
        AuthorizationCredential.ReplacedTwice or AuthorizationCredential.ReplacedLongAgo => "401 SESSION_TOKEN_REPLACED",
        AuthorizationCredential.Owner => Open,
        AuthorizationCredential.ApiTokenOfAnotherAccount => row.NamesAResource || row.Names("tokenId") ? NotFound : Open,
        AuthorizationCredential.ApiTokenOfAChildAccount or AuthorizationCredential.OwnerActingForAChildAccount =>
            row.NamesAResource ? NotFound : row.IsForServerOwner ? "403 NOT_AUTHORIZED" : Open,
        _ => ExpectedOfSession(row, credential),
    };

    /// <summary>Returns the expected outcome of a valid session.</summary>
    private static string ExpectedOfSession(AuthorizationRow row, AuthorizationCredential credential) => credential switch
    {
        _ when !row.IsForSessions => NotAuthenticated,
        AuthorizationCredential.SessionOfAnotherConversation or AuthorizationCredential.SessionOfAnotherAccount
            when row.Names("conversationId") => NotAuthenticated,
        AuthorizationCredential.SiblingSession when row.Names("sessionId") => NotAuthenticated,
        AuthorizationCredential.NarrowSession when row.Permission is not null => "403 PERMISSION_MISSING",
        _ => Open,
    };
}
