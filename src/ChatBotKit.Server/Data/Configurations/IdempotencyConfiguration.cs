using ChatBotKit.Server.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatBotKit.Server.Data.Configurations;

internal sealed class IdempotencyConfiguration : IEntityTypeConfiguration<IdempotencyEntity>
{
    public void Configure(EntityTypeBuilder<IdempotencyEntity> builder)
    {
        builder.ToTable("IdempotencyKeys");
        builder.HasKey(idempotency => new { idempotency.Scope, idempotency.Key });
        builder.HasIndex(idempotency => idempotency.CreatedAt);
    }
}
