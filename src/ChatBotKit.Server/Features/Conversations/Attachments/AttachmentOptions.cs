using ChatBotKit.Server.Configuration;

namespace ChatBotKit.Server.Features.Conversations.Attachments;

/// <summary>The limits of attached files in prompts.</summary>
internal sealed record AttachmentOptions
{
    private const int MaxPromptBytes = 64 * 1024 * 1024;

    /// <summary>The maximum number of bytes of text of attached files in a prompt.</summary>
    public int PromptTextBytes { get; init; } = 128 * 1024;

    /// <summary>The maximum number of bytes of attached pictures in a prompt.</summary>
    public int PromptImageBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>How long one document may be read.</summary>
    public TimeSpan DocumentTime { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a turn waits for all of its documents together, also while they wait for others.</summary>
    public TimeSpan TurnTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <exception cref="StartupException">A setting is invalid; the message names it.</exception>
    public static AttachmentOptions From(IConfiguration configuration) => new()
    {
        PromptTextBytes = Read(configuration, "CHATBOTKIT_PROMPT_TEXT_BYTES", new AttachmentOptions().PromptTextBytes),
        PromptImageBytes = Read(configuration, "CHATBOTKIT_PROMPT_IMAGE_BYTES", new AttachmentOptions().PromptImageBytes),
    };

    private static int Read(IConfiguration configuration, string name, int otherwise) =>
        (int)ByteSetting.Read(configuration, name, otherwise, max: MaxPromptBytes);
}
