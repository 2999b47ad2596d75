namespace ChatBotKit;

/// <summary>A request to create a hand-over of conversations to people by e-mail.</summary>
public sealed record IntegrationSupportCreateRequest : IntegrationCreateRequest
{
    /// <summary>Gets the bot whose conversations are processed, by id or alias.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets the e-mail address that the conversations are sent to.</summary>
    public string? Email { get; init; }

    /// <summary>
    /// Gets whether conversations are processed automatically once they are idle. Default:
    /// <see cref="IntegrationTriggerMode.Automatic"/>. Not every server supports this.
    /// </summary>
    public IntegrationTriggerMode? Trigger { get; init; }
}
