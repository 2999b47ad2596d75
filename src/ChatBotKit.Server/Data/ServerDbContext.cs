using ChatBotKit.Server.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace ChatBotKit.Server.Data;

/// <summary>All tables. Get one through <see cref="IStore.ReadAsync{T}"/> and <see cref="IStore.WriteAsync{T}"/>, never by injection.</summary>
internal sealed class ServerDbContext(DbContextOptions<ServerDbContext> options) : DbContext(options)
{
    public DbSet<AccountEntity> Accounts => Set<AccountEntity>();

    public DbSet<ApiTokenEntity> ApiTokens => Set<ApiTokenEntity>();

    public DbSet<AttachmentEntity> Attachments => Set<AttachmentEntity>();

    public DbSet<AuditEntity> AuditRecords => Set<AuditEntity>();

    public DbSet<ContactEntity> Contacts => Set<ContactEntity>();

    public DbSet<ConversationEntity> Conversations => Set<ConversationEntity>();

    public DbSet<IdempotencyEntity> IdempotencyKeys => Set<IdempotencyEntity>();

    public DbSet<LogBatchEntity> LogBatches => Set<LogBatchEntity>();

    public DbSet<MessageEntity> Messages => Set<MessageEntity>();

    public DbSet<RatingEntity> Ratings => Set<RatingEntity>();

    public DbSet<RunEntity> Runs => Set<RunEntity>();

    public DbSet<SessionEntity> Sessions => Set<SessionEntity>();

    public DbSet<SigningKeyEntity> SigningKeys => Set<SigningKeyEntity>();

    public DbSet<UsageEntity> UsageRecords => Set<UsageEntity>();

    /// <summary>
    /// Audit records that are stored with the change, at the end of their accounts' chains. They are not added to
    /// <see cref="AuditRecords"/>, since their number and hash are known only when their turn comes.
    /// </summary>
    public List<AuditEntity> NewAuditRecords { get; } = [];

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ServerDbContext).Assembly);
}
