using ChatBotKit.Server.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.Conventions.Tests;

/// <summary>Holds the server's routes against the table of what it serves.</summary>
public sealed class RouteTests
{
    private const string Canonical = "/api/v1";
    private const string Short = "/v1";
    // Describes the operations and is none.
    private const string Description = "/spec";

    [Fact]
    public async Task Server_Serves_EveryOperationOfTheTableUnderBothPrefixes()
    {
        var routes = await ReadRoutesAsync();

        Problems.AssertNone("route missing or named otherwise", SpecTables.Served.SelectMany(operation =>
            new[]
            {
                Missing(routes, $"{operation.Verb} {Short}{operation.Path}", name: null),
                Missing(routes, $"{operation.Verb} {Canonical}{operation.Path}", operation.Name),
            }).OfType<string>());
    }

    [Fact]
    public async Task Server_Serves_NothingThatTheTableDoesNotName()
    {
        var known = SpecTables.Served
            .SelectMany(operation => new[] { $"{operation.Verb} {Canonical}{operation.Path}", $"{operation.Verb} {Short}{operation.Path}" })
            .ToHashSet();

        var unknown = from route in await ReadRoutesAsync()
                      let path = route.Key.Split(' ')[1]
                      where IsApi(path) && !known.Contains(route.Key)
                      select $"{route.Key} ({route.Value ?? "no name"}): add it to spec/served.tsv";
        Problems.AssertNone("route that no table knows", unknown);
    }

    private static bool IsApi(string path) =>
        (path.StartsWith($"{Canonical}/", StringComparison.Ordinal) || path.StartsWith($"{Short}/", StringComparison.Ordinal))
        && path is not (Canonical + Description or Short + Description);

    private static string? Missing(IReadOnlyDictionary<string, string?> routes, string route, string? name) =>
        !routes.TryGetValue(route, out var found) ? $"{route} is not served"
        : found != name ? $"{route} has the name {found ?? "of nothing"} and not {name ?? "none"}"
        : null;

    /// <summary>Verb and path of each route, with the operation that it is named after.</summary>
    private static async Task<IReadOnlyDictionary<string, string?>> ReadRoutesAsync()
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

    private static IEnumerable<KeyValuePair<string, string?>> Named(RouteEndpoint endpoint) =>
        from verb in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        select KeyValuePair.Create(
            $"{verb} {endpoint.RoutePattern.RawText}", endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName);
}
