namespace ChatBotKit;

/// <summary>Describes the usage of a session since its creation; see <see cref="SessionLimits"/>.</summary>
public sealed record SessionUsage : ApiObject
{
    /// <summary>Gets the number of messages that the holder has sent.</summary>
    public required int Messages { get; init; }

    /// <summary>Gets the number of model tokens, input and output together.</summary>
    public required long Tokens { get; init; }

    /// <summary>Gets the size of the files that the holder has added, in bytes.</summary>
    public required long AttachmentBytes { get; init; }
}
