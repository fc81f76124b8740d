"""Messages between the office and a member of the household; where that member hears of news."""

from django.db import migrations, models

# What was said stays as it was said, and so does between whom.
KEPT = """
CREATE TRIGGER cases_message_kept BEFORE UPDATE OF case_id, direction, author_name, text, once, sent_at{more}
    ON cases_message FOR EACH ROW EXECUTE FUNCTION cases_refuse_change();
"""
DROP = "DROP TRIGGER cases_message_kept ON cases_message;"


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_language")]

    operations = [
        migrations.AddField(
            model_name="message", name="of_member", field=models.CharField(blank=True, max_length=20, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="partyaccess", name="email", field=models.EmailField(blank=True, max_length=254, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="partyaccess", name="language", field=models.CharField(default="de", max_length=20)
        ),
        migrations.RunSQL(DROP + KEPT.format(more=", of_member"), DROP + KEPT.format(more="")),
    ]
