namespace ChatBotKit;

/// <summary>Creates a hand-over of conversations to people by e-mail.</summary>
public sealed record IntegrationSupportCreateRequest : IntegrationCreateRequest
{
    /// <summary>Gets the bot whose conversations are worked through, by id or alias.</summary>
    public string? BotId { get; init; }

    /// <summary>Gets where the conversations are sent.</summary>
    public string? Email { get; init; }

    /// <summary>Gets whether conversations are worked through by themselves once nobody writes in them any more. Default: <see cref="IntegrationTriggerMode.Automatic"/>. Not every server takes this.</summary>
    public IntegrationTriggerMode? Trigger { get; init; }
}
