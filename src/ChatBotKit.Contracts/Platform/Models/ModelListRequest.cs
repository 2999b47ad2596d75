namespace ChatBotKit;

/// <summary>Specifies which models to list. The list has one page only.</summary>
public sealed record ModelListRequest : ListRequest
{
    /// <summary>Gets the type of the models to list. Default: <see cref="ModelType.Language"/>.</summary>
    public ModelType? Type { get; init; }
}
