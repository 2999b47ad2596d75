using System.Text.Json.Nodes;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ModelContextProtocol.Protocol;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions;

/// <summary>Converts the results of remote tools.</summary>
internal static class McpResults
{
    private const int MaxError = 4000;

    public static AbilityResult Of(CallToolResult result)
    {
        var content = ContentOf(result);
        if (result.IsError == true)
            return AbilityResult.Failed(FaultText.Clip(content is JsonValue text ? text.ToString() : content?.ToJsonString() ?? "The tool failed.", MaxError));
        return AbilityResult.Of(result.StructuredContent is { } structured ? JsonNode.Parse(structured.GetRawText()) : content);
    }

    private static JsonNode? ContentOf(CallToolResult result)
    {
        var blocks = result.Content.Select(NodeOf).ToList();
        return blocks.TrueForAll(block => block is JsonValue)
            ? JsonValue.Create(string.Join('\n', blocks))
            : new JsonArray([.. blocks]);
    }

    /// <summary>Pictures and sounds are named and left out, because a model reads no bytes in a result.</summary>
    private static JsonNode NodeOf(ContentBlock block) => block switch
    {
        TextContentBlock text => JsonValue.Create(text.Text),
        ImageContentBlock image => new JsonObject { ["type"] = "image", ["mimeType"] = image.MimeType },
        AudioContentBlock audio => new JsonObject { ["type"] = "audio", ["mimeType"] = audio.MimeType },
        ResourceLinkBlock link => new JsonObject { ["type"] = "resource_link", ["name"] = link.Name, ["uri"] = link.Uri, ["description"] = link.Description },
        EmbeddedResourceBlock { Resource: TextResourceContents text } => new JsonObject { ["type"] = "resource", ["uri"] = text.Uri, ["text"] = text.Text },
        _ => new JsonObject { ["type"] = block.Type },
    };
}
