using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>How <c>dotnet ef</c> gets a context; it builds the model anew and never opens a database.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<ServerDbContext>
{
    public ServerDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<ServerDbContext>().UseSqlite("Data Source=:memory:").Options);
}
