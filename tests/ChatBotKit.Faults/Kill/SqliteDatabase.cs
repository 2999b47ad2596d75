using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Faults.Kill;

/// <summary>A database file.</summary>
internal sealed class SqliteDatabase : KillDatabase
{
    public override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["CHATBOTKIT_DATA_DIR"] = Directory };

    public override string CheckIntegrity() => (string)Query("PRAGMA integrity_check")!;

    protected override DbConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(Directory, "chatbotkit.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        return connection;
    }
}
