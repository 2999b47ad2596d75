using ChatBotKit.Server.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatBotKit.Server.Data.Configurations;

/// <summary>Audit outlives what it is about, so it has no foreign key.</summary>
internal sealed class AuditConfiguration : IEntityTypeConfiguration<AuditEntity>
{
    public void Configure(EntityTypeBuilder<AuditEntity> builder)
    {
        builder.ToTable("AuditRecords");
        builder.HasKey(record => new { record.AccountId, record.Number });
        builder.HasIndex(record => record.Id).IsUnique();
        builder.HasIndex(record => record.SessionId);
    }
}
