using System.Text.Json.Nodes;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions;

/// <summary>
/// Reads the remote server from the instruction of an ability. All of it comes from the owner: the arguments of a call belong to the tool,
/// and must not change where it is called.
/// </summary>
internal static class McpTargets
{
    private const string Authorization = "Authorization";
    private const string LinkedSecret = "SECRET_DEFAULT";
    private const int MaxHeaders = 32;

    private static readonly string[] Known = ["url", "headers", "tools", "prefix"];

    /// <exception cref="AbilityException">The instruction can't be used, or a secret has no value.</exception>
    public static async Task<McpTarget> ReadAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        if (call.Instruction.Fields.Count > 0)
            throw new AbilityException("The instruction of an MCP server can't have fields for the model.");
        if (call.IsWrittenForCall)
            throw new AbilityException("The instruction of an MCP server must be one block and nothing else.");
        var settings = call.Json(call.Map.Without("headers")) as JsonObject ?? [];
        foreach (var (name, value) in call.Instruction.Parameters)
            settings[name] = value?.DeepClone();
        if (settings.Select(setting => setting.Key).FirstOrDefault(name => !Known.Contains(name)) is { } unknown)
            throw new AbilityException($"\"{unknown}\" is unknown; an MCP server has url, headers, tools and prefix.");
        if (!Uri.TryCreate(FieldText.Plain(settings["url"]), UriKind.Absolute, out var url) || url is not { Scheme: "http" or "https", UserInfo: "" })
            throw new AbilityException("The \"url\" of the MCP server must be an http or https address.");
        return new McpTarget(url, await HeadersAsync(call, cancellationToken))
        {
            Tools = ToolsOf(settings["tools"]),
            Prefix = FieldText.Plain(settings["prefix"]) ?? "",
        };
    }

    private static async Task<Dictionary<string, string>> HeadersAsync(AbilityCall call, CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var entries = call.Map.Find("headers") switch
        {
            null => [],
            TemplateMap { Entries: { Count: <= MaxHeaders } given } => given,
            TemplateScalar { Text: "" } => [],
            _ => throw new AbilityException($"The \"headers\" of the MCP server must be at most {MaxHeaders} names with their values."),
        };
        foreach (var (name, value) in entries)
        {
            if (value is not TemplateScalar text || !IsAllowed(name))
                throw new AbilityException($"The header \"{name}\" can't be set for an MCP server.");
            var filled = await call.HeaderAsync(text, cancellationToken);
            headers[name] = filled.AsSpan().ContainsAnyExceptInRange(' ', '~') ? throw new AbilityException($"The header \"{name}\" has characters that no header can have.") : filled;
        }

        if (call.Ability.SecretId is not null && !headers.ContainsKey(Authorization))
            headers[Authorization] = await call.Secrets.FindAsync(call, LinkedSecret, cancellationToken);
        return headers;
    }

    /// <summary>Whether the header belongs to neither the connection nor the protocol.</summary>
    private static bool IsAllowed(string name) =>
        name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
        && !name.StartsWith("Mcp-", StringComparison.OrdinalIgnoreCase) && !name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
        && name.ToUpperInvariant() is not ("HOST" or "CONNECTION" or "TRANSFER-ENCODING" or "TE" or "UPGRADE" or "EXPECT" or "ACCEPT" or "ACCEPT-ENCODING" or "LAST-EVENT-ID");

    private static HashSet<string>? ToolsOf(JsonNode? tools)
    {
        var names = tools switch
        {
            null => [],
            JsonArray list => list.Select(name => FieldText.Plain(name) ?? ""),
            _ => (FieldText.Plain(tools) ?? "").Split(','),
        };
        var chosen = names.Select(name => name.Trim()).Where(name => name.Length > 0).ToHashSet(StringComparer.Ordinal);
        return chosen.Count == 0 || chosen.Contains("*") ? null : chosen;
    }
}
