using ChatBotKit.Server.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.Conventions.Tests;

/// <summary>Holds the server's routes against the table of the published API.</summary>
public sealed class RouteTests
{
    [Fact]
    public async Task Server_Serves_EveryOperationUnderBothPrefixes()
    {
        var routes = await ReadRoutesAsync();

        foreach (var row in Repository.Read("spec/operations.tsv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            var (operation, verb, path) = row.Split('\t') is [var first, var second, var third] ? (first, second, third) : default;
            Assert.Contains($"{verb} /api/v1{path}", routes.Keys);
            Assert.Contains($"{verb} /v1{path}", routes.Keys);
            Assert.Equal(operation, routes[$"{verb} /api/v1{path}"]);
        }
    }

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
