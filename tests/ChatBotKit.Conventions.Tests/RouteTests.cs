using ChatBotKit.Server.Hosting;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.Conventions.Tests;

/// <summary>Compares the server's routes with the table of served operations.</summary>
public sealed class RouteTests
{
    private const string Canonical = "/api/v1";
    // The operation that describes all others.
    private const string Description = "/spec";
    // MCP describes its operations itself.
    private const string Mcp = "/mcp";

    /// <summary>POSTs that take no key, and why.</summary>
    private static readonly Dictionary<string, string> WithoutKey = new()
    {
        ["searchDataset"] = "it reads",
        ["searchMemory"] = "it reads",
        ["searchBotMemory"] = "it reads",
        ["searchContactMemory"] = "it reads",
        ["verifySecret"] = "it reads",
        ["verifyContactSecret"] = "it reads",
        ["authenticateSecret"] = "nothing is stored",
        ["authenticateContactSecret"] = "nothing is stored",
        ["invokeSkillServerAbility"] = "its caller has no credential that a key could belong to",
        ["createWidgetIntegrationSession"] = "a visitor has no credential that a key could belong to",
        ["setupWidgetIntegration"] = "nothing is stored",
        ["importDatasetRecords"] = "its records have ids that follow from its rows, so that a repeated import changes nothing",
        ["completeConversation"] = "nothing is stored",
        ["compactConversationStateless"] = "nothing is stored",
        ["subscribeChannelMessages"] = "it reads",
        ["subscribeTaskWorkflowEvents"] = "it reads",
        ["createChatCompletion"] = "nothing is stored",
        ["generateMagicFromPrompt"] = "nothing is stored",
        ["generatePlatformReport"] = "it reads",
        ["generatePlatformReports"] = "it reads",
        ["graphql"] = "it reads",
        ["subscribeEventLogs"] = "it reads",
        ["searchPlatformDocs"] = "it reads",
        ["searchPlatformGuides"] = "it reads",
        ["searchPlatformManuals"] = "it reads",
        ["searchPlatformTutorials"] = "it reads",
        ["searchPlatformAbilities"] = "it reads",
        ["searchPlatformSecrets"] = "it reads",
        ["searchPlatformExamples"] = "it reads",
        ["receiveTriggerEvent"] = "its caller has no credential that a key could belong to",
        ["setupTriggerIntegration"] = "nothing is stored",
        ["setupDiscordIntegration"] = "it is always refused",
        ["setupEmailIntegration"] = "it is always refused",
        ["setupGooglechatIntegration"] = "it is always refused",
        ["setupInstagramIntegration"] = "it is always refused",
        ["setupMessengerIntegration"] = "it is always refused",
        ["setupMicrosoftteamsIntegration"] = "it is always refused",
        ["setupSlackIntegration"] = "it is always refused",
        ["setupTelegramIntegration"] = "it is always refused",
        ["setupTwilioIntegration"] = "it is always refused",
        ["setupWhatsAppIntegration"] = "it is always refused",
        ["initiateDiscord"] = "it is always refused",
        ["initiateEmail"] = "it is always refused",
        ["initiateGooglechat"] = "it is always refused",
        ["initiateInstagram"] = "it is always refused",
        ["initiateMessenger"] = "it is always refused",
        ["initiateTeams"] = "it is always refused",
        ["initiateSlack"] = "it is always refused",
        ["initiateTelegram"] = "it is always refused",
        ["initiateTwilio"] = "it is always refused",
        ["initiateWhatsapp"] = "it is always refused",
        ["initiateRecall"] = "it is always refused",
        ["syncNotionIntegration"] = "it is always refused",
        ["createServerMigration"] = "there is one migration at a time, so a repeated request is refused",
        ["cancelServerMigration"] = "a migration that has ended stays as it is",
        ["executeSkillsetAbility"] = "the key of the request becomes that of the side effects, which other servers repeat or not",
        ["abortConversationRun"] = "a run that was ended stays as it is",
    };

    [Fact]
    public async Task Server_Serves_EveryOperationOfTheTable()
    {
        var routes = await ReadRoutesAsync();

        Problems.AssertNone("route missing or named otherwise", SpecTables.Served
            .Select(operation => Missing(routes, PathOf(operation), operation.Name)).OfType<string>());
    }

    [Fact]
    public async Task Server_Opens_EveryRouteToThoseWhomTheTableNames()
    {
        var routes = await ReadRoutesAsync();

        Problems.AssertNone("route that is open to others than spec/served.tsv says",
            from operation in SpecTables.Served
            let path = PathOf(operation)
            let found = routes.TryGetValue(path, out var route) ? route.Access : "nobody"
            // The handler, not the route, checks that the caller owns the server.
            let wanted = operation.Access == "server-owner" ? "owner" : operation.Access
            where found != wanted
            select $"{path} is open to {found}, and the table says {operation.Access}");
    }

    [Fact]
    public async Task Server_Serves_NothingThatTheTableDoesNotName()
    {
        var known = SpecTables.Served.Select(PathOf).ToHashSet();

        var unknown = from route in await ReadRoutesAsync()
                      let path = route.Key.Split(' ')[1]
                      where IsApi(path) && !known.Contains(route.Key)
                      select $"{route.Key} ({route.Value.Name ?? "no name"}): add it to spec/served.tsv";
        Problems.AssertNone("route that no table knows", unknown);
    }

    [Fact]
    public async Task EveryPost_IsIdempotent_OrSaysWhyNot()
    {
        var routes = await ReadRoutesAsync();

        Problems.AssertNone("POST without an Idempotency-Key",
            from operation in SpecTables.Served
            where operation.Verb == "POST" && routes.TryGetValue(PathOf(operation), out var route)
                && route.IsIdempotent == WithoutKey.ContainsKey(operation.Name)
            select $"{operation.Name}: say IsIdempotent in its route, or here why it needs no key, and not both");
    }

    private static bool IsApi(string path) => path.StartsWith($"{Canonical}/", StringComparison.Ordinal) && path != Canonical + Description && !IsOfMcp(path);

    /// <summary>Whether the route is of the Model Context Protocol, or of the OAuth by which its clients sign in. Both describe themselves.</summary>
    private static bool IsOfMcp(string path) =>
        path.EndsWith(Mcp, StringComparison.Ordinal)
        || (path.StartsWith($"{Canonical}/integration/mcpserver/{{", StringComparison.Ordinal)
            && (path.Contains("}/oauth/", StringComparison.Ordinal) || path.Contains("}/.well-known/", StringComparison.Ordinal)));

    private static string PathOf(SpecOperation operation) => $"{operation.Verb} {Canonical}{operation.Path}";

    private static string? Missing(IReadOnlyDictionary<string, Route> routes, string route, string? name) =>
        !routes.TryGetValue(route, out var found) ? $"{route} is not served"
        : found.Name != name ? $"{route} has the name {found.Name ?? "of nothing"} and not {name ?? "none"}"
        : null;

    /// <summary>Returns the verb and path of each route, with its name and access rule.</summary>
    private static async Task<IReadOnlyDictionary<string, Route>> ReadRoutesAsync()
    {
        var data = Directory.CreateTempSubdirectory("chatbotkit-routes-");
        try
        {
            await using var app = await ChatBotKitServer.StartAsync(
                ["--urls", "http://127.0.0.1:0", "--CHATBOTKIT_DATA_DIR", data.FullName],
                builder => builder.Logging.ClearProviders(),
                cancellationToken: TestContext.Current.CancellationToken);
            var endpoints = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
            return endpoints.SelectMany(Named).ToDictionary();
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static IEnumerable<KeyValuePair<string, Route>> Named(RouteEndpoint endpoint) =>
        from verb in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        select KeyValuePair.Create($"{verb} {endpoint.RoutePattern.RawText!.Replace("{**", "{", StringComparison.Ordinal)}", new Route(
            endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName,
            AccessOf(endpoint.Metadata.GetMetadata<AccessRule>()),
            endpoint.Metadata.GetMetadata<IdempotentRoute>() is not null));

    /// <summary>Returns the access rule in the words of the table.</summary>
    private static string AccessOf(AccessRule? rule) => rule switch
    {
        null => "nobody",
        { IsAnonymous: true, IsOptional: true } => "visitor",
        { IsAnonymous: true } => "anonymous",
        { IsOptional: true } => "anyone",
        { Session: null } => "owner",
        { Session: SessionPermissions.None } => "session",
        { Session: { } permissions } => $"session:{string.Join(',', SessionPermissionNames.Of(permissions))}",
    };

    /// <param name="Name">The name of its operation.</param>
    /// <param name="Access">The access rule.</param>
    /// <param name="IsIdempotent">Whether a request can be repeated with its key.</param>
    private sealed record Route(string? Name, string Access, bool IsIdempotent);
}
