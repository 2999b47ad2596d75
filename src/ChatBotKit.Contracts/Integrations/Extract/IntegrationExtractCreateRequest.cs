using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to create an extraction of data from conversations.</summary>
public sealed record IntegrationExtractCreateRequest : IntegrationCreateRequest
{
    /// <summary>Gets the bot whose conversations are processed, by id or alias.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets the JSON schema of the data to extract.</summary>
    public JsonObject? Schema { get; init; }

    /// <summary>Gets where the data is posted: an https address, or an HTTP request as text. Null only stores the data.</summary>
    public string? Request { get; init; }

    /// <summary>Gets the model that extracts, optionally with settings. At most 512 bytes. Default: the server's.</summary>
    public string? Model { get; init; }

    /// <summary>
    /// Gets whether conversations are processed automatically once they are idle. Default:
    /// <see cref="IntegrationTriggerMode.Automatic"/>. Not every server supports this.
    /// </summary>
    public IntegrationTriggerMode? Trigger { get; init; }
}
