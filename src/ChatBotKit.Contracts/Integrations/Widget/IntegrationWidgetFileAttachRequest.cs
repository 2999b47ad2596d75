namespace ChatBotKit;

/// <summary>A request to put a picture into a widget.</summary>
public sealed record IntegrationWidgetFileAttachRequest
{
    /// <summary>Gets the place in the widget. A place holds one picture.</summary>
    public required IntegrationWidgetFileType Type { get; init; }
}
