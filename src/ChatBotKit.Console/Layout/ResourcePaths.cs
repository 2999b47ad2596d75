using System.Text.Json.Nodes;

namespace ChatBotKit.AdminConsole.Layout;

/// <summary>The pages of resources, for lists that have resources of all kinds.</summary>
internal static class ResourcePaths
{
    /// <summary>Returns the path of the page of a resource; null when its kind has none.</summary>
    /// <param name="kind">The kind, as the API writes it before <c>Id</c>: <c>bot</c>, <c>widgetIntegration</c>.</param>
    /// <param name="id">The id.</param>
    /// <param name="fields">An object with the id of the parent, for kinds that are shown on a page below that of their parent.</param>
    public static string? Of(string kind, string id, JsonObject fields)
    {
        var name = Uri.EscapeDataString(id);
        return kind switch
        {
            "bot" or "dataset" or "skillset" or "secret" or "task" or "contact" or "conversation" or "blueprint" => $"/{kind}s/{name}",
            "widgetIntegration" or "mcpserverIntegration" or "skillserverIntegration" or "triggerIntegration" or "supportIntegration"
                or "extractIntegration" or "sitemapIntegration" => $"/integrations/{kind[..^"Integration".Length]}/{name}",
            "record" when TextOf(fields, "datasetId") is { } dataset => $"/datasets/{Uri.EscapeDataString(dataset)}/records/{name}",
            "ability" when TextOf(fields, "skillsetId") is { } skillset => $"/skillsets/{Uri.EscapeDataString(skillset)}/abilities/{name}",
            _ => null,
        };
    }

    /// <summary>Returns the text of a field; null when it is empty, missing or no text.</summary>
    public static string? TextOf(JsonObject fields, string name) =>
        fields[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
