using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ChatBotKit.Server.Data.Schema;

/// <summary>One step of the schema. It is applied once and never changed after its release.</summary>
/// <param name="Number">Its number, from 1 on; the same for every database.</param>
/// <param name="Name">The name of its file without the extension, such as <c>0007_documents</c>.</param>
/// <param name="Sql">The statements.</param>
/// <param name="Sha256">The hash of the file as hexadecimal digits.</param>
/// <param name="ReadableFrom">
/// The oldest program, given by the number of its newest script, that can use a database with this script.
/// </param>
internal sealed record SchemaScript(int Number, string Name, string Sql, string Sha256, int ReadableFrom)
{
    private const string ReadableFromMark = "-- readable from: ";

    /// <summary>The scripts for SQLite, in order.</summary>
    public static IReadOnlyList<SchemaScript> Sqlite { get; } = Load("Sqlite");

    /// <summary>The scripts for PostgreSQL, in order. Its first script has the schema of the first ten scripts for SQLite.</summary>
    public static IReadOnlyList<SchemaScript> PostgreSql { get; } = Load("PostgreSql");

    public static SchemaScript Parse(string name, string sql)
    {
        var number = int.Parse(name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture);
        var firstLine = sql.AsSpan(0, Math.Max(sql.IndexOf('\n', StringComparison.Ordinal), 0));
        var readableFrom = firstLine.StartsWith(ReadableFromMark, StringComparison.Ordinal)
            ? int.Parse(firstLine[ReadableFromMark.Length..], NumberStyles.None, CultureInfo.InvariantCulture)
            : number;
        return new SchemaScript(number, name, sql, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql))), readableFrom);
    }

    private static List<SchemaScript> Load(string database)
    {
        var assembly = typeof(SchemaScript).Assembly;
        var prefix = $"Schema/{database}/";
        var scripts = new List<SchemaScript>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var text = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            scripts.Add(Parse(Path.GetFileNameWithoutExtension(resource), text.ReadToEnd()));
        }

        return scripts;
    }
}
