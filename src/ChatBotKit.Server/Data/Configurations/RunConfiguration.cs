using ChatBotKit.Server.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatBotKit.Server.Data.Configurations;

internal sealed class RunConfiguration : IEntityTypeConfiguration<RunEntity>
{
    public void Configure(EntityTypeBuilder<RunEntity> builder)
    {
        builder.ToTable("Runs");
        builder.HasKey(run => run.Id);
        builder.HasIndex(run => run.StartedAt).HasFilter("\"EndedAt\" IS NULL");
        builder.HasIndex(run => run.EndedAt).HasFilter("\"EndedAt\" IS NOT NULL");
        builder.HasIndex(run => run.ConversationId);
        builder.HasOne<ConversationEntity>().WithMany().HasForeignKey(run => run.ConversationId).OnDelete(DeleteBehavior.Cascade);
    }
}
