using ChatBotKit.Server.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatBotKit.Server.Data.Configurations;

/// <summary>Usage outlives the conversation it was measured in, so it has no foreign key.</summary>
internal sealed class UsageConfiguration : IEntityTypeConfiguration<UsageEntity>
{
    public void Configure(EntityTypeBuilder<UsageEntity> builder)
    {
        builder.ToTable("UsageRecords");
        builder.HasKey(usage => usage.Id);
        builder.HasIndex(usage => new { usage.ConversationId, usage.CreatedAt });
    }
}
