namespace ChatBotKit;

/// <summary>A request to update a hand-over of conversations to people by e-mail. A field that is not set keeps its value.</summary>
public sealed record IntegrationSupportUpdateRequest : IntegrationUpdateRequest
{
    /// <summary>Gets the bot whose conversations are processed, by id or alias.</summary>
    public Optional<string> BotId { get; init; }

    /// <summary>Gets the e-mail address that the conversations are sent to.</summary>
    public Optional<string> Email { get; init; }

    /// <summary>Gets whether conversations are processed automatically once they are idle.</summary>
    public Optional<IntegrationTriggerMode> Trigger { get; init; }
}
