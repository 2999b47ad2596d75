using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Platform.Examples;
using ChatBotKit.Server.Features.Platform.Pages;
using ChatBotKit.Server.Features.Platform.Tools;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Platform;

/// <summary>The endpoints of the catalogues that are part of the server.</summary>
internal static class PlatformEndpoints
{
    public static IServiceCollection AddPlatform(this IServiceCollection services) => services
        .AddSingleton<PageCatalogue>()
        .AddSingleton<AbilityTemplates>()
        .AddSingleton<SecretTemplates>()
        .AddSingleton<ExampleCatalogue>()
        .AddSingleton<ExampleCloning>();

    public static void MapPlatform(this IEndpointRouteBuilder app)
    {
        app.MapPages();
        app.MapApi(group => MapTools(group.MapGroup("/platform")));
        app.MapApi(group => MapExamples(group.MapGroup("/platform/example")));
    }

    private static void MapTools(RouteGroupBuilder api)
    {
        api.MapGet("/ability/list", (ListQuery query, AbilityTemplates templates) => templates.All.List(query, item => item.Id))
            .WithName("listPlatformAbilities").WithSummary("Lists the templates of abilities that this server executes");
        api.MapPost("/ability/search", (JsonBody<PlatformSearchRequest> body, AbilityTemplates templates) => templates.All.Search(body.Value))
            .WithName("searchPlatformAbilities").WithSummary("Searches the templates of abilities");
        api.MapGet("/secret/list", (ListQuery query, SecretTemplates templates) => templates.All.List(query, item => item.Id))
            .WithName("listPlatformSecrets").WithSummary("Lists the templates of secrets");
        api.MapPost("/secret/search", (JsonBody<PlatformSearchRequest> body, SecretTemplates templates) => templates.All.Search(body.Value))
            .WithName("searchPlatformSecrets").WithSummary("Searches the templates of secrets");
        api.MapGet("/action/list", (ListQuery query, AbilityActions actions, TimeProvider time) => ActionList.List(query, actions, time))
            .WithName("listPlatformActions").WithSummary("Lists the actions that instructions of abilities can name");
    }

    private static void MapExamples(RouteGroupBuilder api)
    {
        api.MapGet("/list", (ListQuery query, ExampleCatalogue examples) => examples.All.List(query, item => item.Id))
            .WithName("listPlatformExamples").WithSummary("Lists the examples of this server");
        api.MapPost("/search", (JsonBody<PlatformSearchRequest> body, ExampleCatalogue examples) => examples.All.Search(body.Value))
            .WithName("searchPlatformExamples").WithSummary("Searches the examples of this server");
        api.MapGet("/{exampleId}/fetch", (string exampleId, ExampleCatalogue examples, TimeProvider time) =>
                examples.All.Find(exampleId) is { } example
                    ? JsonAnswer.Of(example.ToItem(null, time.GetUtcNow()) with { Config = new() { ["resources"] = ExampleCatalogue.ResourcesOf(exampleId)!.DeepClone() } })
                    : throw ApiException.NotFound("Example"))
            .WithName("fetchPlatformExample").WithSummary("Fetches an example with its resources");
        api.MapPost("/{exampleId}/clone", (
                string exampleId, JsonBody<EmptyRequest> body, Caller caller, IdempotentCall call, ExampleCloning cloning, CancellationToken cancellationToken) =>
                cloning.CloneAsync(exampleId, body, caller, call, cancellationToken))
            .WithName("clonePlatformExample").WithSummary("Creates the resources of an example, all of them or none")
            .IsIdempotent();
    }
}
