namespace ChatBotKit;

/// <summary>A request to put a picture into a widget.</summary>
public sealed record IntegrationWidgetFileAttachRequest
{
    /// <summary>Gets where it is shown; a place holds one picture.</summary>
    public required IntegrationWidgetFileType Type { get; init; }
}
