
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0007_parties_are_append_only'),
    ]

    operations = [
        migrations.AlterField(
            model_name='casedocument',
            name='kind',
            field=models.CharField(choices=[('identity', '身份证明'), ('application', '申请表'), ('hardship', '经济困难状况说明表'), ('exemption', '免予核查经济困难状况的身份证明'), ('commitment', '诚信承诺书'), ('matter_proof', '与申请事项有关的材料'), ('authorisation', '代理权证明'), ('agreement', '委托协议'), ('meeting_record', '约见(会见)笔录'), ('court_paper', '裁判或调解文书'), ('closing_report', '结案报告'), ('case_file', '案卷材料'), ('arbitration_agreement', '仲裁协议'), ('hearing_record', '庭审笔录'), ('approval', '审批件'), ('mediation_agreement', '调解协议书'), ('mediation_record', '调解笔录'), ('rights_notice', '权利义务告知书'), ('handover', '移交(委派、委托)材料'), ('performance', '履行凭证'), ('confirmation_application', '司法确认申请书'), ('commission', '鉴定委托书'), ('service_contract', '聘用合同'), ('service_log', '服务记录'), ('qualification', '法律职业资格证书'), ('post_proof', '任职和从事法律工作的证明'), ('rectification', '整改材料'), ('disputed_act', '行政行为的文书'), ('receipt', '收文凭证'), ('agency_reply', '书面答复和证据材料'), ('organ_notice', '办案机关通知书(公函)'), ('charge_paper', '起诉意见书、起诉书或判决书副本'), ('refusal_record', '拒绝律师辩护(帮助)的笔录或书面意见'), ('plea_paper', '认罪认罚具结书'), ('site_record', '现场检查(勘验)笔录'), ('inquiry_record', '询问笔录'), ('evidence', '证据材料'), ('seizure_list', '先行登记保存清单'), ('investigation_report', '调查终结报告'), ('statement', '陈述申辩材料'), ('hearing_minutes', '听证笔录'), ('legality_opinion', '法制审核意见书'), ('discussion_record', '集体讨论记录'), ('service_receipt', '送达回证'), ('service_consent', '电子送达确认书'), ('payment_proof', '缴款凭证'), ('av_site', '现场检查音视频'), ('av_seizure', '登记保存音视频'), ('av_hearing', '听证音视频'), ('av_service', '留置送达音视频'), ('av_other', '其他执法环节音视频'), ('investigation', '调查记录'), ('notary_record', '公证询问(谈话)笔录'), ('recording', '录音录像、照片'), ('death_proof', '死亡证明'), ('debt_instrument', '债权文书'), ('deposit', '存证文件'), ('other', '其他材料')], max_length=30, verbose_name='材料'),
        ),
    ]
