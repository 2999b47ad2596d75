using System.Text.Json;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.Features.Conversations.Runs;

/// <summary>The owner's extensions of the bot for one request.</summary>
/// <param name="Backstory">The text to append to the backstory.</param>
/// <param name="Knowledge">The records of the inline datasets.</param>
/// <param name="Abilities">The abilities of the inline skillsets.</param>
internal sealed record Extension(string? Backstory, IReadOnlyList<Passage> Knowledge, IReadOnlyList<InlineAbility> Abilities)
{
    public static Extension None { get; } = new(null, [], []);
}

internal static class ExtensionRules
{
    private const int MaxAbilityName = 64;

    public static Extension Read(RunExtensions? extensions, Faults faults)
    {
        if (extensions is null)
            return Extension.None;
        faults.CheckText(extensions.Backstory, "extensions.backstory", FieldRules.MaxBackstoryBytes);
        foreach (var feature in extensions.Features ?? [])
        {
            if (feature.Name.Length == 0)
                faults.Add("\"extensions.features[].name\" is not allowed to be empty");
            faults.CheckName(feature.Name, "extensions.features[].name");
            faults.CheckJson(feature.Options, "extensions.features[].options");
        }

        CheckDatasets(extensions, faults);
        return new Extension(extensions.Backstory, KnowledgeOf(extensions), AbilitiesOf(extensions, faults));
    }

    /// <summary>Adds the records of datasets. Their length is limited only by that of the body, because they are not stored.</summary>
    private static void CheckDatasets(RunExtensions extensions, Faults faults)
    {
        foreach (var dataset in extensions.Datasets ?? [])
        {
            faults.CheckName(dataset.Name, "extensions.datasets[].name");
            faults.CheckDescription(dataset.Description, "extensions.datasets[].description");
            foreach (var record in dataset.Records)
                faults.CheckJson(record.Meta, "extensions.datasets[].records[].meta");
        }
    }

    private static List<Passage> KnowledgeOf(RunExtensions extensions) =>
    [
        .. from dataset in extensions.Datasets ?? []
           from record in dataset.Records
           select new Passage(SourceOf(record) ?? dataset.Name ?? "", record.Text),
    ];

    private static string? SourceOf(RecordExtension record) =>
        record.Meta?["source"] is { } source && source.GetValueKind() == JsonValueKind.String ? source.GetValue<string>() : null;

    private static List<InlineAbility> AbilitiesOf(RunExtensions extensions, Faults faults)
    {
        var abilities = new List<InlineAbility>();
        foreach (var ability in (extensions.Skillsets ?? []).SelectMany(skillset => skillset.Abilities))
        {
            if (ability.Name.Trim().Length is 0 or > MaxAbilityName)
                faults.Add($"\"extensions.skillsets[].abilities[].name\" must be 1 to {MaxAbilityName} characters long");
            faults.CheckText(ability.Description, "extensions.skillsets[].abilities[].description");
            faults.CheckText(ability.Instruction, "extensions.skillsets[].abilities[].instruction");
            faults.CheckJson(ability.Meta, "extensions.skillsets[].abilities[].meta");
            abilities.Add(new InlineAbility(ability.Name, ability.Description, ability.Instruction)
            {
                Secret = ability.LinkedSecretId ?? ability.SecretId,
                Space = ability.LinkedSpaceId,
            });
        }

        return abilities;
    }
}
