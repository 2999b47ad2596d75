using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;
using ModelContextProtocol.Protocol;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions;

/// <summary>
/// <c>mcp</c>: gives a run the tools of a remote MCP server as functions. An execution without a run names the tool and its arguments; without
/// a tool, its result is the list of the tools.
/// </summary>
internal sealed class McpAction(McpListings listings, McpClients clients) : IAbilityFunctions
{
    private const string Tool = "tool";
    private const string ToolArguments = "arguments";
    private const int MaxDescription = 4096;

    public IReadOnlyList<string> Names { get; } = ["mcp", "mcp.install"];

    public IReadOnlyList<AbilityField> FieldsOf(string action) =>
    [
        new(Tool) { Description = "The name of the tool; without it, the tools are listed." },
        new(ToolArguments) { Description = "The arguments of the tool.", Type = AbilityField.ObjectType },
    ];

    public async Task<IReadOnlyList<AbilityFunction>> ListAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        var target = await McpTargets.ReadAsync(call, cancellationToken);
        var listing = await listings.GetAsync(target, call.Scope, cancellationToken);
        return [.. UsableOf(listing, target).Select(tool => new AbilityFunction(target.Prefix + tool.Name, DescriptionOf(tool), tool.Schema))];
    }

    public async Task<AbilityResult> ExecuteAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        var target = await McpTargets.ReadAsync(call, cancellationToken);
        if (call.Function is { } function)
            return await CallAsync(call, target, function[target.Prefix.Length..], call.Arguments, cancellationToken);
        if (FieldText.Plain(call.Arguments[Tool]) is { Length: > 0 } tool)
            return await CallAsync(call, target, tool, call.Arguments[ToolArguments] as JsonObject ?? [], cancellationToken);
        var listing = await listings.GetAsync(target, call.Scope, cancellationToken);
        return AbilityResult.Of(new JsonArray([.. UsableOf(listing, target).Select(NodeOf)]));
    }

    private async Task<AbilityResult> CallAsync(
        AbilityCall call, McpTarget target, string tool, JsonObject arguments, CancellationToken cancellationToken)
    {
        if (!target.Has(tool))
            throw new AbilityException($"The ability does not offer the tool \"{FaultText.Clip(tool, 64)}\".");
        var request = new CallToolRequestParams
        {
            Name = tool,
            Arguments = arguments.ToDictionary(argument => argument.Key, argument => JsonSerializer.SerializeToElement(argument.Value)),
            Meta = new JsonObject { ["idempotencyKey"] = call.IdempotencyKey },
        };
        try
        {
            return McpResults.Of(await clients.CallAsync(target, call.Scope, listings.Find(target)?.Version, request, cancellationToken));
        }
        catch (AbilityException)
        {
            // The tools or the version of the server may have changed since they were listed.
            listings.Forget(target);
            throw;
        }
    }

    /// <summary>Returns the chosen tools.</summary>
    private static IEnumerable<McpTool> UsableOf(McpListing listing, McpTarget target) =>
        listing.Tools.Where(tool => target.Has(tool.Name)).DistinctBy(tool => tool.Name);

    private static string DescriptionOf(McpTool tool) => FaultText.Clip(tool.Description, MaxDescription);

    private static JsonObject NodeOf(McpTool tool) => new()
    {
        ["name"] = tool.Name,
        ["description"] = DescriptionOf(tool),
        ["parameters"] = JsonNode.Parse(tool.Schema.GetRawText()),
    };
}
