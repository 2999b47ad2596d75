namespace ChatBotKit;

/// <summary>A picture in a widget.</summary>
public sealed record IntegrationWidgetFileItem : ApiObject
{
    /// <summary>Gets the id of the file.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the place in the widget.</summary>
    public required IntegrationWidgetFileType Type { get; init; }

    /// <summary>Gets the widget.</summary>
    public required string WidgetIntegrationId { get; init; }
}
