using ChatBotKit.Server.Configuration;

namespace ChatBotKit.Server.Data.Schema;

/// <summary>The scripts that were applied to a database, according to its own table.</summary>
/// <param name="Scripts">The scripts in order. Their SQL is not stored.</param>
internal sealed record AppliedScripts(IReadOnlyList<SchemaScript> Scripts)
{
    /// <summary>Finds the scripts of this program that the database lacks.</summary>
    /// <exception cref="StartupException">
    /// The database belongs to a newer program, or one of its scripts differs from that of this program.
    /// </exception>
    public IReadOnlyList<SchemaScript> FindMissing(IReadOnlyList<SchemaScript> known, string database)
    {
        RefuseMoved(database);
        var newest = known[^1].Number;
        if (Scripts is [.., var last] && last.Number > newest && last.ReadableFrom > newest)
        {
            throw new StartupException(
                $"The database '{database}' was written by a newer version of this program (its schema has '{last.Name}'). "
                + "Run that version, or restore the snapshot that was made before the upgrade.");
        }

        var applied = Scripts.ToDictionary(script => script.Number);
        foreach (var script in known)
        {
            if (applied.TryGetValue(script.Number, out var there) && there.Sha256 != script.Sha256)
            {
                throw new StartupException(
                    $"The database '{database}' has a schema script '{there.Name}' that differs from the one of this program. Run the program that wrote it.");
            }
        }

        return [.. known.Where(script => !applied.ContainsKey(script.Number))];
    }

    /// <summary>Refuses a database that was moved to another one, or to which the move of another one is not complete.</summary>
    /// <exception cref="StartupException">The database may not be used.</exception>
    public void RefuseMoved(string database)
    {
        if (MoveMark.Find(this) is { } mark && mark.RefusalOf(database) is { } refusal)
            throw new StartupException(refusal);
    }
}
