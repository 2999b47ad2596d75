using System.Text.Json;
using ChatBotKit.AdminConsole.Web;
using static ChatBotKit.AdminConsole.Web.FormText;

namespace ChatBotKit.AdminConsole.Bots;

/// <summary>The settings of a bot as its form has them. An empty text is none.</summary>
public sealed record BotFields
{
    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the backstory.</summary>
    public string? Backstory { get; init; }

    /// <summary>Gets the model.</summary>
    public string? Model { get; init; }

    /// <summary>Gets the id of the dataset.</summary>
    public string? DatasetId { get; init; }

    /// <summary>Gets the id of the skillset.</summary>
    public string? SkillsetId { get; init; }

    /// <summary>Gets whether personal data is hidden from the model.</summary>
    public bool Privacy { get; init; }

    /// <summary>Gets the settings as the body of a request, for <c>As API call</c>.</summary>
    public string Json => JsonSerializer.Serialize(
        new { name = Name ?? "My bot", backstory = Backstory ?? "", model = Model, datasetId = DatasetId, skillsetId = SkillsetId, privacy = Privacy },
        JsonText.WithoutNulls);

    internal static BotFields From(Form form) => new()
    {
        Name = form.Text("name"),
        Description = form.Text("description"),
        Backstory = form.Text("backstory"),
        Model = form.Text("model"),
        DatasetId = form.Text("dataset"),
        SkillsetId = form.Text("skillset"),
        Privacy = form.IsOn("privacy"),
    };

    internal static BotFields Of(BotItem bot) => new()
    {
        Name = bot.Name,
        Description = bot.Description,
        Backstory = bot.Backstory,
        Model = bot.Model,
        DatasetId = bot.DatasetId,
        SkillsetId = bot.SkillsetId,
        Privacy = bot.Privacy == true,
    };

    internal BotCreateRequest ToCreate() => new()
    {
        Name = Name,
        Description = Description,
        Backstory = Backstory,
        Model = Model,
        DatasetId = DatasetId,
        SkillsetId = SkillsetId,
        Privacy = Privacy,
    };

    internal BotUpdateRequest ToUpdate() => new()
    {
        Name = Given(Name),
        Description = Given(Description),
        Backstory = Given(Backstory),
        Model = Given(Model),
        DatasetId = Given(DatasetId),
        SkillsetId = Given(SkillsetId),
        Privacy = Privacy,
    };
}

/// <summary>The content of the form of a bot.</summary>
/// <param name="Fields">The content of the fields.</param>
/// <param name="Choices">What can be chosen.</param>
public sealed record BotForm(BotFields Fields, BotChoices Choices)
{
    /// <summary>Gets the stored bot; null for a new one.</summary>
    public BotItem? Bot { get; init; }

    /// <summary>Gets why it was not saved.</summary>
    public Failure? Failure { get; init; }
}

/// <summary>The choices of the fields of a bot.</summary>
/// <param name="Models">The models that the server serves.</param>
/// <param name="Datasets">The newest datasets.</param>
/// <param name="Skillsets">The newest skillsets.</param>
public sealed record BotChoices(IReadOnlyList<ModelItem> Models, IReadOnlyList<DatasetItem> Datasets, IReadOnlyList<SkillsetItem> Skillsets)
{
    /// <summary>The maximum number of choices of a kind.</summary>
    internal const int Most = 100;

    internal static async Task<BotChoices> ReadAsync(Page page)
    {
        var (api, token) = (page.Api, page.Aborted);
        var models = api.Platform.Model.ListAsync(cancellationToken: token).AsTask(token);
        var datasets = api.Dataset.ListAsync(new() { Take = Most }, token).AsTask(token);
        var skillsets = api.Skillset.ListAsync(new() { Take = Most }, token).AsTask(token);
        await Task.WhenAll(models, datasets, skillsets);
        return new((await models).Items, (await datasets).Items, (await skillsets).Items);
    }
}
