using ChatBotKit.Server.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatBotKit.Server.Data.Configurations;

internal sealed class SessionConfiguration : IEntityTypeConfiguration<SessionEntity>
{
    public void Configure(EntityTypeBuilder<SessionEntity> builder)
    {
        builder.ToTable("Sessions");
        builder.HasKey(session => session.Id);
        builder.HasIndex(session => session.ConversationId);
        builder.HasIndex(session => session.AccountId);
        builder.HasIndex(session => session.ContactId);
        builder.HasOne<ConversationEntity>().WithMany().HasForeignKey(session => session.ConversationId).OnDelete(DeleteBehavior.Cascade);
    }
}
