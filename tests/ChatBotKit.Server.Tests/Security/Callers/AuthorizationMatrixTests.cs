using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.Server.Tests.Security;

/// <summary>Every route of the API with every kind of credential.</summary>
public sealed class AuthorizationMatrixTests(AuthorizationServer server) : IClassFixture<AuthorizationServer>
{
    private const string Open = AuthorizationCalls.Open;
    private const string NotAuthenticated = "401 NOT_AUTHENTICATED";
    private const string NotFound = "404 NOT_FOUND";

    public static MatrixTheoryData<string, AuthorizationCredential> Rows { get; } =
        new(AuthorizationTable.Routes.Keys, Enum.GetValues<AuthorizationCredential>());

    /// <summary>The routes with an id below a conversation.</summary>
    public static MatrixTheoryData<string, AuthorizationCredential> NestedRows { get; } = new(
        AuthorizationTable.Routes.Values.Where(row => row.NamesBelowAConversation).Select(row => row.Name),
        [AuthorizationCredential.Owner, AuthorizationCredential.RightSession]);

    public static MatrixTheoryData<string, AuthorizationCredential> AnonymousRows { get; } = new(
        AuthorizationTable.Routes.Values.Where(row => row.IsAnonymous).Select(row => row.Name),
        Enum.GetValues<AuthorizationCredential>());

    /// <summary>The routes that describe the API. They are open to all callers.</summary>
    private static readonly string[] Descriptions = [.. AuthorizationTable.Prefixes.Select(prefix => $"GET {prefix}/spec")];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Route_WithACredential_AnswersAsTheTableSays(string route, AuthorizationCredential credential)
    {
        var row = AuthorizationTable.Routes[route];

        Assert.Equal(Expected(row, credential), await server.CallAsync(row, credential));
    }

    [Theory]
    [MemberData(nameof(NestedRows))]
    public async Task Route_NamingWhatIsInAnotherConversation_DoesNotFindIt(string route, AuthorizationCredential credential)
    {
        var row = AuthorizationTable.Routes[route];
        var isClosed = credential != AuthorizationCredential.Owner && !row.IsAnonymous && (!row.IsForSessions || row.Names("sessionId"));

        Assert.Equal(isClosed ? NotAuthenticated : NotFound, await server.CallMixedAsync(row, credential));
    }

    /// <summary>
    /// A signed address opens such a route. Without the signature the owner may still fetch a file, but nobody may send one.
    /// </summary>
    [Theory]
    [MemberData(nameof(AnonymousRows))]
    public async Task AnonymousRoute_WithoutTheSecretInItsAddress_IsClosed(string route, AuthorizationCredential credential)
    {
        var row = AuthorizationTable.Routes[route];
        var expected = row.Verb == "GET" ? Expected(row with { Access = "owner" }, credential) : NotAuthenticated;

        Assert.Equal(expected, await server.CallAsync(row, credential, query: ""));
        Assert.Equal(expected, await server.CallAsync(row, credential, query: $"?token={ServerFactory.OwnerSecret}"));
    }

    /// <summary>A route must be in the table, because others are not tested here.</summary>
    [Fact]
    public void Table_HasEveryRouteOfTheServer()
    {
        var served = from endpoint in server.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                     where AuthorizationTable.Prefixes.Any(prefix => endpoint.RoutePattern.RawText!.StartsWith($"{prefix}/", StringComparison.Ordinal))
                     from verb in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["any verb"]
                     select $"{verb} {endpoint.RoutePattern.RawText!.Replace("{**", "{", StringComparison.Ordinal)}";

        Assert.Equal(AuthorizationTable.Mapped.Select(row => row.Route).Order(), served.Except(Descriptions).Order());
    }

    private static string Expected(AuthorizationRow row, AuthorizationCredential credential) => row.IsAnonymous ? Open : credential switch
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
