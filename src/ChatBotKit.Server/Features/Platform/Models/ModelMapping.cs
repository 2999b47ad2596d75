using ChatBotKit.Server.ModelProviders.Models;

namespace ChatBotKit.Server.Features.Platform.Models;

internal static class ModelMapping
{
    /// <param name="model">A model that is served.</param>
    /// <param name="now">The current time. Models have no history, so it is the time of their creation.</param>
    public static ModelItem ToItem(this ListedModel model, DateTimeOffset now) => new()
    {
        Id = model.Model.Id,
        Type = ModelType.Language,
        Default = model.IsDefault ? true : null,
        Description = model.Model.Description,
        Provider = model.Provider,
        Family = model.Model.Family,
        MaxTokens = model.Model.MaxTokens,
        MaxInputTokens = model.Model.MaxInputTokens,
        MaxOutputTokens = model.Model.MaxOutputTokens,
        CreatedAt = now,
        UpdatedAt = now,
    };
}
