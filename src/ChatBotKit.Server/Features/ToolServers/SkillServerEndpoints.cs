using System.Text.Json.Nodes;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Integrations.SkillServer;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.ToolServers;

/// <summary>The endpoints of an integration that offers abilities to programs and models without MCP.</summary>
internal static class SkillServerEndpoints
{
    private const string Path = "/integration/skillserver/{skillserverIntegrationId}/invoke";
    private const string Markdown = "text/markdown";

    public static void MapSkillServers(this IEndpointRouteBuilder app) => app.MapApi(group =>
    {
        group.MapGet(Path, DescribeAsync).AllowVisitors().WithName("fetchSkillServerManual").Produces<string>(contentType: Markdown)
            .WithSummary("Describes the abilities of a skill server");
        group.MapPost(Path, InvokeAsync).AllowVisitors().WithName("invokeSkillServerAbility")
            .Produces<IntegrationSkillServerInvokeResponse>().WithMetadata(new JsonRequest(typeof(IntegrationSkillServerInvokeRequest)))
            .WithSummary("Executes an ability of a skill server");
    });

    private static async Task<IResult> DescribeAsync(
        string skillserverIntegrationId, HttpContext context, ToolServerAccess access, ServedTools tools, PublicAddress address)
    {
        var server = await access.OpenAsync(SkillServerKind.Name, skillserverIntegrationId, session: null, context);
        var functions = await tools.ListAsync(server, context.RequestAborted);
        var invoke = $"{address.Of(context.Request)}{ApiRoutes.Canonical}/integration/skillserver/{server.Id}/invoke";
        return Results.Text(SkillManual.Of(server, functions, invoke), $"{Markdown}; charset=utf-8");
    }

    private static async Task<IResult> InvokeAsync(string skillserverIntegrationId, HttpContext context, ToolServerAccess access, ServedTools tools)
    {
        var server = await access.OpenAsync(SkillServerKind.Name, skillserverIntegrationId, context.Request.Query["session"], context);
        // The body is read after the caller is known, so it may be as large as that of any caller.
        var body = await JsonBodyReader.ReadAsync<IntegrationSkillServerInvokeRequest>(context, maxBytes: null, context.RequestAborted);
        var answer = await tools.CallAsync(server, body.Value.Ability, body.Value.Input?.ToJsonString() ?? "{}", context.RequestAborted)
            ?? new ToolAnswer(default, $"There is no ability \"{FaultText.Clip(body.Value.Ability, 64)}\".");
        if (!IsJson(context.Request))
            return Results.Text(answer.Error is { } error ? $"Error: {error}" : answer.Text, "text/plain; charset=utf-8");
        return JsonAnswer.Of(new IntegrationSkillServerInvokeResponse
        {
            Result = answer.Error is null ? JsonNode.Parse(answer.Result.GetRawText()) : null,
            Error = answer.Error,
        });
    }

    private static bool IsJson(HttpRequest request) =>
        request.Query["format"] == "json" || request.Headers.Accept.ToString().Contains("application/json", StringComparison.OrdinalIgnoreCase);
}
