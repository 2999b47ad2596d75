namespace ChatBotKit.Server.Data.Migrations.Sqlite;

/// <summary>
/// Every migration, oldest first; written by <c>tools/migrate.sh</c>. The start compares it with the database,
/// so that a database that is up to date is opened without loading EF Core.
/// </summary>
internal static class SqliteMigrationIds
{
    public static readonly string[] All =
    [
        "20261122174722_Initial",
        "20261124102221_AddSessionProperties",
        "20261124120124_AddAttachmentSession",
        "20261126075739_AddRunQuestion",
        "20261128151500_AddCallAnswerer",
        "20261128153300_AddApiTokenLife",
    ];
}
