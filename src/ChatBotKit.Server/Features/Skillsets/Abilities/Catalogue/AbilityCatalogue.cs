using System.Collections.Frozen;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Catalogue;

/// <summary>The templates of the catalogue of the API, with the instructions that this server executes for them.</summary>
internal static class AbilityCatalogue
{
    private const string Resource = "abilities.tsv";
    private const string Refused = "-";

    /// <summary>All entries, in the order of their names.</summary>
    public static IReadOnlyList<AbilityTemplate> All { get; } = Read();

    private static readonly FrozenDictionary<string, AbilityTemplate> ByName = All.ToFrozenDictionary(entry => entry.Name);

    public static AbilityTemplate? Find(string name) => ByName.GetValueOrDefault(name);

    private static List<AbilityTemplate> Read()
    {
        using var stream = typeof(AbilityCatalogue).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        var entries = new List<AbilityTemplate>();
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            var columns = line.Split('\t');
            entries.Add(columns[1] == Refused ? new AbilityTemplate(columns[0], null, columns[2]) : new AbilityTemplate(columns[0], columns[1], null));
        }

        return entries;
    }
}

/// <summary>An entry of the catalogue.</summary>
/// <param name="Name">The name, such as <c>fetch/text/get</c>.</param>
/// <param name="Instruction">The instruction; null when the server does not execute the template.</param>
/// <param name="Reason">Why it does not, as a sentence; null when it does.</param>
internal sealed record AbilityTemplate(string Name, string? Instruction, string? Reason);
