namespace ChatBotKit.Server.ModelProviders.OpenAi;

/// <summary>
/// The well-known models with their limits in tokens. The limits are only for the model list; the provider enforces its own.
/// </summary>
internal static class OpenAiModels
{
    private static readonly ModelDescription[] WellKnown =
    [
        Describe("gpt-5.4-mini", "gpt-5", "Small reasoning model for everyday answers.", 400_000, 128_000),
        Describe("gpt-5.4", "gpt-5", "Large reasoning model for hard questions.", 400_000, 128_000),
        Describe("gpt-5", "gpt-5", "Reasoning model.", 400_000, 128_000),
        Describe("gpt-5-mini", "gpt-5", "Small reasoning model.", 400_000, 128_000),
        Describe("gpt-5-nano", "gpt-5", "Smallest and fastest of its family.", 400_000, 128_000),
        Describe("gpt-4.1", "gpt-4.1", "Model with a long context that answers without reasoning first.", 1_047_576, 32_768),
        Describe("gpt-4.1-mini", "gpt-4.1", "Small model with a long context.", 1_047_576, 32_768),
        Describe("gpt-4.1-nano", "gpt-4.1", "Smallest model with a long context.", 1_047_576, 32_768),
        Describe("gpt-4o", "gpt-4o", "General model that answers without reasoning first.", 128_000, 16_384),
        Describe("gpt-4o-mini", "gpt-4o", "Small general model.", 128_000, 16_384),
        Describe("o3", "o", "Reasoning model of the earlier family.", 200_000, 100_000),
        Describe("o4-mini", "o", "Small reasoning model of the earlier family.", 200_000, 100_000),
    ];

    /// <summary>Describes the configured models, or all well-known ones when none is configured.</summary>
    public static IReadOnlyList<ModelDescription> Describe(IReadOnlyList<string> names) =>
        names.Count == 0 ? WellKnown : [.. names.Select(Describe)];

    private static ModelDescription Describe(string name) =>
        Array.Find(WellKnown, model => model.Id == name)
        // The limits that most current models have at least.
        ?? Describe(name, name, "Model of the OpenAI-compatible endpoint; its limits are not known and estimated.", 128_000, 16_384);

    private static ModelDescription Describe(string id, string family, string description, int context, int output) =>
        new(id, family, description, context, context - output, output);
}
