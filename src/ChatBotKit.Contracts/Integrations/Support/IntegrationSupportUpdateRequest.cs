namespace ChatBotKit;

/// <summary>Changes a hand-over of conversations to people by e-mail. A field that is not set stays as it is.</summary>
public sealed record IntegrationSupportUpdateRequest : IntegrationUpdateRequest
{
    /// <summary>Gets the bot whose conversations are worked through, by id or alias.</summary>
    public Optional<string> BotId { get; init; }

    /// <summary>Gets where the conversations are sent.</summary>
    public Optional<string> Email { get; init; }

    /// <summary>Gets whether conversations are worked through by themselves once nobody writes in them any more.</summary>
    public Optional<IntegrationTriggerMode> Trigger { get; init; }
}
