using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>An extraction of data from conversations.</summary>
public sealed record IntegrationExtractItem : IntegrationItem
{
    /// <summary>Gets the bot whose conversations are worked through; null for none.</summary>
    public required string? BotId { get; init; }

    /// <summary>Gets the JSON schema of the data that is wanted.</summary>
    public JsonObject? Schema { get; init; }

    /// <summary>Gets where the data is posted: an https address, or an HTTP request as text; null only stores it.</summary>
    public string? Request { get; init; }

    /// <summary>Gets the model that extracts, optionally with settings.</summary>
    public string? Model { get; init; }

    /// <summary>Gets whether conversations are worked through by themselves once nobody writes in them any more; null when the server does not tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IntegrationTriggerMode? Trigger { get; init; }
}
