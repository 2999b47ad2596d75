using System.Text.Json;
using System.Text.RegularExpressions;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.Features.Conversations.Runs;

/// <summary>The owner's extensions of the bot for one request.</summary>
/// <param name="Backstory">The text to append to the backstory.</param>
/// <param name="Knowledge">The records of the inline datasets.</param>
/// <param name="Functions">The abilities of the inline skillsets, whose calls the caller answers.</param>
internal sealed record Extension(string? Backstory, IReadOnlyList<Passage> Knowledge, IReadOnlyList<EngineFunction> Functions)
{
    public static Extension None { get; } = new(null, [], []);
}

internal static partial class ExtensionRules
{
    /// <summary>The parameters of an ability. It describes them in words, so the model may pass any arguments.</summary>
    private static readonly JsonElement AnyArguments =
        JsonDocument.Parse("""{"type":"object","properties":{},"additionalProperties":true}""").RootElement;

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
        return new Extension(extensions.Backstory, KnowledgeOf(extensions), FunctionsOf(extensions, faults));
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

    private static List<EngineFunction> FunctionsOf(RunExtensions extensions, Faults faults)
    {
        var functions = new List<EngineFunction>();
        foreach (var ability in (extensions.Skillsets ?? []).SelectMany(skillset => skillset.Abilities))
        {
            var name = NotInAName().Replace(ability.Name.Trim(), "_");
            if (name.Length is 0 or > 64)
                faults.Add("\"extensions.skillsets[].abilities[].name\" must be 1 to 64 characters long");
            faults.CheckText(ability.Description, "extensions.skillsets[].abilities[].description");
            faults.CheckText(ability.Instruction, "extensions.skillsets[].abilities[].instruction");
            faults.CheckJson(ability.Meta, "extensions.skillsets[].abilities[].meta");
            functions.Add(new EngineFunction { Name = Free(name, functions), Description = ability.Description, Parameters = AnyArguments });
        }
        return functions;
    }

    /// <summary>Returns a name that is still free: two names that differ only in replaced characters must stay different.</summary>
    private static string Free(string name, List<EngineFunction> functions)
    {
        var free = name;
        for (var number = 2; functions.Exists(function => function.Name == free); number++)
            free = $"{name}_{number}";
        return free;
    }

    [GeneratedRegex("[^A-Za-z0-9_]+")]
    private static partial Regex NotInAName();
}
