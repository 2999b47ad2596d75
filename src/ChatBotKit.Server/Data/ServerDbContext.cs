using Microsoft.EntityFrameworkCore;

namespace ChatBotKit.Server.Data;

internal sealed class ServerDbContext(DbContextOptions<ServerDbContext> options) : DbContext(options)
{
}
